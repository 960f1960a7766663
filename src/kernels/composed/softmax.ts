import * as tfc from '@tensorflow/tfjs-core';
import {denseLabels, type Labels} from '../../labels';
import type {Suppression} from '../host/sigmoid_pass';
import type {LossPass} from '../loss_op';
import {suppressionTensor} from './suppression';

/** SoftmaxEqualizationLoss out of tfjs ops, for backends whose memory JavaScript cannot read at once. */
export function composedSoftmaxPass(labels: Labels, suppression: Suppression): LossPass {
  // Dropped classes get a term far below any float32 logit instead of −∞, which would turn into NaN as 0 · −∞.
  const terms = (z: tfc.Tensor, y: tfc.Tensor) => {
    const w = tfc.sub(1, tfc.mul(suppressionTensor(suppression, labels.rows), tfc.sub(1, y)));
    return tfc.where(tfc.greater(w, 0), tfc.add(z, tfc.log(tfc.maximum(w, 1e-30))), -3e38);
  };
  return {
    loss: (z) => {
      const y = denseLabels(labels);
      const logSum = tfc.logSumExp(terms(z, y), 1, true);
      return tfc.sum(tfc.mul(y, tfc.sub(logSum, z)), 1);
    },
    gradient: (z, dy) => {
      const y = denseLabels(labels);
      const p = tfc.mul(tfc.sum(y, 1, true), tfc.softmax(terms(z, y) as tfc.Tensor2D));
      return tfc.mul(tfc.expandDims(dy, 1), tfc.sub(p, y));
    },
  };
}
