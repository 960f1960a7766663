import * as tfc from '@tensorflow/tfjs-core';
import type {RowFormula} from '../formula';
import type {Suppression} from '../suppression';
import {suppressionTensor} from './suppression';

/** SoftmaxEqualizationLoss composed of tfjs ops, for backends without kernels for it. */
export const composedSoftmax: Required<Pick<RowFormula<Suppression>, 'losses' | 'gradient'>> = {
  losses: (z, y, p) => {
    // Subtract the largest term: next to a large logit the logarithm of the sum would lose its digits.
    const t = terms(z, y, p);
    const largest = tfc.max(t, 1, true);
    const logSum = tfc.log(tfc.sum(tfc.exp(tfc.sub(t, largest)), 1, true));
    return tfc.sum(tfc.mul(y, tfc.add(tfc.sub(largest, z), logSum)), 1);
  },
  gradient: (z, y, p) => tfc.sub(tfc.mul(tfc.sum(y, 1, true), tfc.softmax(terms(z, y, p))), y),
};

/**
 * z_k + log w̃_k, `[rows, C]`. Dropped classes get a term far below any float32 logit, as −∞ would turn into NaN in 0 ·
 * −∞.
 */
function terms(z: tfc.Tensor2D, y: tfc.Tensor2D, suppression: Suppression): tfc.Tensor2D {
  // 1 − β · T_λ(f) · (1 − y), written so that the smallest y keeps its class.
  const negative = tfc.sub(1, suppressionTensor(suppression, z.shape[0]));
  const w = tfc.add(tfc.mul(negative, tfc.sub(1, y)), y);
  // Keep NaN logits in any case, so that they show.
  const kept = tfc.logicalOr(tfc.greater(w, 0), tfc.isNaN(z));
  return tfc.where(kept, tfc.add(z, tfc.log(tfc.maximum(w, 1e-30))), -3e38) as tfc.Tensor2D;
}
