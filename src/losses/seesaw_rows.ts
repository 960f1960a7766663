import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {RowFormula} from '../kernels/losses/formula';
import {expOfNegative} from '../kernels/losses/host/exp';
import {fusedPass} from '../kernels/losses/simd/fused_rows';
import type {RowTable} from '../kernels/losses/simd/row_table';
import {untaped} from '../kernels/losses/untaped';
import {softmaxRow} from './base/softmax_rows';

/** Parameters of a batch's seesaw losses. */
export interface SeesawParameters {
  /** Samples of each class so far, at least 1, `[C]`: in memory, or a tensor if `losses` is composed. */
  counts: Float64Array | Tensor;
  /** Their logarithms, in memory. */
  logCounts?: Float64Array;
  p: number;
  q: number;
  eps: number;
}

/**
 * −Σ_j y_j log(e^{z_j} / Σ_k S_k e^{z_k}), where S_k is constant to the gradient. If two logits follow those of the
 * classes, the softmax cross entropy of foreground against background is added.
 */
export const seesaw: RowFormula<SeesawParameters> = {
  name: 'Seesaw',
  losses: (z, y, parameters) => {
    const [rows, classes] = y.shape;
    const logits = tfc.slice(z, [0, 0], [rows, classes]);
    const adjusted = tfc.add(
      logits,
      untaped(() => logFactors(logits, y, parameters)),
    );
    const loss = tfc.neg(tfc.sum(tfc.mul(y, tfc.logSoftmax(adjusted as Tensor2D)), 1));
    if (z.shape[1] === classes) return loss as Tensor1D;
    const objectness = tfc.logSoftmax(tfc.slice(z, [0, classes], [rows, 2]));
    const foreground = tfc.minimum(tfc.sum(y, 1, true), 1);
    const target = tfc.concat([foreground, tfc.sub(1, foreground)], 1);
    return tfc.sub(loss, tfc.sum(tfc.mul(target, objectness), 1)) as Tensor1D;
  },
  row: (z, y, parameters, slope) => {
    const classes = y.length;
    const logits = z.subarray(0, classes);
    let mass = 0;
    for (let j = 0; j < classes; ++j) mass += y[j];
    if (mass > 0) addLogFactors(logits, y, mass, parameters);
    const loss = softmaxRow(logits, y, slope?.subarray(0, classes));
    if (z.length === classes) return loss;
    const foreground = Math.min(1, mass);
    const target = Float64Array.of(foreground, 1 - foreground);
    return loss + softmaxRow(z.subarray(classes), target, slope?.subarray(classes));
  },
  pass: (labels, p) => fusedPass(seesaw, labels, p, p.logCounts ? tableOf(p, p.logCounts) : null),
};

/** The least Nᵖ relative to the largest for which float32 has the digits. */
const LEAST = 1e-30;

/** The SIMD module's table: Nᵖ relative to the largest. Null if the values are too far apart. */
function tableOf({p, q, eps}: SeesawParameters, logCounts: Float64Array): RowTable | null {
  const most = logCounts.reduce((most, log) => Math.max(most, log));
  const samples = logCounts.map((log) => Math.exp(p * (log - most)));
  if (samples.some((value) => !(value > LEAST))) return null;
  const columns = [
    {as: 'float32', values: samples},
    {as: 'float64', values: samples},
  ] as const;
  return {formula: 'seesaw', columns: [...columns], numbers: [q, eps]};
}

/** Adds log S_k · (1 − y_k) to each logit, in place. */
function addLogFactors(
  logits: Float64Array,
  y: Float64Array,
  mass: number,
  parameters: SeesawParameters,
): void {
  const {p, q, eps} = parameters;
  const counts = parameters.counts as Float64Array;
  const logCounts = parameters.logCounts as Float64Array;
  let largest = logits[0];
  for (let k = 1; k < y.length; ++k) if (logits[k] > largest) largest = logits[k];
  let total = 0;
  let own = 0;
  let ownCount = 0;
  for (let k = 0; k < y.length; ++k) {
    const term = expOfNegative(largest - logits[k]);
    total += term;
    if (y[k] === 0) continue;
    own += (y[k] / mass) * term;
    ownCount += (y[k] / mass) * counts[k];
  }
  // The logit at which a class scores as high as the row's own, or eps.
  const level = largest + Math.log(Math.max(own, eps * total));
  const logOwn = Math.log(ownCount);
  for (let k = 0; k < y.length; ++k) {
    const mitigation = p * Math.min(0, logCounts[k] - logOwn);
    const compensation = logits[k] > level ? q * (logits[k] - level) : 0;
    logits[k] += (mitigation + compensation) * (1 - y[k]);
  }
}

/** log S_k · (1 − y_k), `[rows, C]`. */
function logFactors(logits: Tensor2D, y: Tensor2D, {counts, p, q, eps}: SeesawParameters): Tensor {
  const samples = tfc.reshape(counts as Tensor, [1, y.shape[1]]);
  const share = tfc.div(y, tfc.maximum(tfc.sum(y, 1, true), 1e-30));
  const ownSamples = tfc.maximum(tfc.sum(tfc.mul(share, samples), 1, true), 1);
  const mitigation = tfc.mul(p, tfc.minimum(tfc.log(tfc.div(samples, ownSamples)), 0));
  const log = tfc.logSoftmax(logits);
  const own = tfc.maximum(tfc.sum(tfc.mul(share, tfc.exp(log)), 1, true), eps);
  const compensation = tfc.mul(q, tfc.relu(tfc.sub(log, tfc.log(own))));
  return tfc.mul(tfc.add(mitigation, compensation), tfc.sub(1, y));
}
