import * as tfc from '@tensorflow/tfjs-core';
import {denseLabels, type Labels} from '../../../labels/labels';
import type {LossPass} from '../loss_op';
import type {Suppression} from '../suppression';
import {suppressionTensor} from './suppression';

/** SoftmaxEqualizationLoss out of tfjs ops, for backends whose memory JavaScript cannot read at once. */
export function composedSoftmaxPass(labels: Labels, suppression: Suppression): LossPass {
  // Dropped classes get a term far below any float32 logit instead of −∞, which would turn into NaN as 0 · −∞.
  const terms = (z: tfc.Tensor, y: tfc.Tensor) => {
    // 1 − β · T_λ(f) · (1 − y), written so that the smallest y keeps its class.
    const negative = tfc.sub(1, suppressionTensor(suppression, labels.rows));
    const w = tfc.add(tfc.mul(negative, tfc.sub(1, y)), y);
    // A NaN logit is kept in any case, so that it is not lost from sight.
    const kept = tfc.logicalOr(tfc.greater(w, 0), tfc.isNaN(z));
    return tfc.where(kept, tfc.add(z, tfc.log(tfc.maximum(w, 1e-30))), -3e38);
  };
  return {
    forward: (z, differentiable) => {
      const y = denseLabels(labels);
      // Relative to the largest term: next to a large logit the logarithm of the sum would lose its digits.
      const t = terms(z, y);
      const largest = tfc.max(t, 1, true);
      const logSum = tfc.log(tfc.sum(tfc.exp(tfc.sub(t, largest)), 1, true));
      const losses = tfc.sum(tfc.mul(y, tfc.add(tfc.sub(largest, z), logSum)), 1);
      return {losses, saved: differentiable ? [z, labels.values] : []};
    },
    gradient: (dy, [z, values]) => {
      const y = denseLabels({...labels, values});
      const p = tfc.mul(tfc.sum(y, 1, true), tfc.softmax(terms(z, y) as tfc.Tensor2D));
      return tfc.mul(tfc.expandDims(dy, 1), tfc.sub(p, y));
    },
  };
}
