import type {HostLabels} from '../../../labels/host_labels';
import {requireShares} from '../../../labels/label_values';
import type {Suppression} from '../suppression';
import {elementFns, sigmoidGradients, sigmoidLosses} from './sigmoid_pass';
import {softmaxGradients, softmaxLosses} from './softmax_pass';

/** The loss that a pass computes: of logits or, for the sigmoid family only, of probabilities. */
export type LossKind = 'sigmoid' | 'sigmoidOfProbabilities' | 'softmax';

/** The losses `[rows]`, and their gradient `[rows, C]` if requested. */
export interface LossAndGradient {
  losses: Float32Array;
  gradient?: Float32Array;
}

/**
 * Computes losses and gradient (scaled by `scale`) in plain JavaScript: without SIMD WebAssembly, and for
 * probabilities.
 *
 * @throws ValueError for labels with columns that hold values outside 0 … 1.
 */
export function lossAndGradient(
  kind: LossKind,
  z: Float32Array,
  labels: HostLabels,
  suppression: Suppression,
  differentiable: boolean,
  scale: number,
): LossAndGradient {
  if (labels.form !== 'index') requireShares(labels.values, labels.stride);
  const result = unscaled(kind, z, labels, suppression, differentiable);
  const {gradient} = result;
  if (gradient && scale !== 1) scaleRows(gradient, new Float32Array(labels.rows).fill(scale), gradient);
  return result;
}

function unscaled(
  kind: LossKind,
  z: Float32Array,
  labels: HostLabels,
  suppression: Suppression,
  differentiable: boolean,
): LossAndGradient {
  if (kind === 'softmax') {
    return {
      losses: softmaxLosses(z, labels, suppression),
      gradient: differentiable ? softmaxGradients(z, labels, suppression) : undefined,
    };
  }
  const element = elementFns(kind === 'sigmoid');
  return {
    losses: sigmoidLosses(z, labels, suppression, element.loss),
    gradient: differentiable ? sigmoidGradients(z, labels, suppression, element.gradient) : undefined,
  };
}

/** Multiplies each row of `values`, `[rows, C]`, by its factor into `out`, which may be `values` itself. */
export function scaleRows(values: Float32Array, factors: Float32Array, out: Float32Array): void {
  const classes = factors.length === 0 ? 0 : values.length / factors.length;
  for (let row = 0, at = 0; row < factors.length; ++row) {
    const factor = factors[row];
    for (const end = at + classes; at < end; ++at) out[at] = values[at] * factor;
  }
}
