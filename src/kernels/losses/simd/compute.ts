import {hostLabels, type LabelValues} from '../../../labels/host_labels';
import {type LossAndGradient, lossAndGradient} from '../host/loss_and_gradient';
import type {LossAttrs} from '../registered_pass';
import {foldedUpstream} from '../upstream';
import {simdPasses} from './passes';

/**
 * Computes losses and gradient (scaled by `foldedUpstream`) from values in JavaScript's memory; by SIMD WebAssembly if
 * available.
 *
 * @param out May receive the gradient, if wanted; may be `z` itself.
 */
export function computeLoss(
  family: 'sigmoid' | 'softmax',
  z: Float32Array,
  values: LabelValues,
  attrs: LossAttrs,
  out?: Float32Array,
): LossAndGradient {
  const labels = hostLabels(attrs, values);
  const scale = foldedUpstream(attrs.rows);
  if (family === 'sigmoid' && !attrs.fromLogits) {
    return lossAndGradient('sigmoidOfProbabilities', z, labels, attrs, out != null, scale);
  }
  return (
    simdPasses()?.blockPass(family, z, labels, attrs, scale, out) ??
    lossAndGradient(family, z, labels, attrs, out != null, scale)
  );
}
