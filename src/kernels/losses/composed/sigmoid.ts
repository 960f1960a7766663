import * as tfc from '@tensorflow/tfjs-core';
import {foregroundShare} from '../../../labels/foreground_share';
import type {Labels} from '../../../labels/labels';
import type {RowFormula} from '../formula';
import type {SigmoidParameters, Suppression} from '../suppression';
import {suppressionTensor} from './suppression';

/** EqualizationLoss composed of tfjs ops, for backends without kernels for it. */
export const composedSigmoid: Required<Pick<RowFormula<SigmoidParameters>, 'losses' | 'gradient'>> = {
  losses: (z, y, p, labels) => {
    const element = p.fromLogits
      ? tfc.add(tfc.sub(tfc.relu(z), tfc.mul(z, y)), tfc.log1p(tfc.exp(tfc.neg(tfc.abs(z)))))
      : tfc.neg(
          tfc.add(
            tfc.mul(y, boundedLog(z, tfc.log(z))),
            tfc.mul(tfc.sub(1, y), boundedLog(tfc.sub(1, z), tfc.log1p(tfc.neg(z)))),
          ),
        );
    return tfc.sum(tfc.mul(weights(y, p, labels), element), 1);
  },
  gradient: (z, y, p, labels) => {
    const element = p.fromLogits
      ? tfc.sub(tfc.sigmoid(z), y)
      : tfc.div(tfc.sub(z, y), tfc.maximum(tfc.mul(z, tfc.sub(1, z)), 1e-12));
    return tfc.mul(weights(y, p, labels), element);
  },
};

/** w_j = 1 − E(r) · β · T_j · (1 − y_j), `[rows, C]`. */
function weights(y: tfc.Tensor2D, suppression: Suppression, labels: Labels): tfc.Tensor2D {
  const foreground = foregroundShare(labels, y);
  const kept = tfc.mul(tfc.mul(foreground, suppressionTensor(suppression, labels.rows)), tfc.sub(1, y));
  // max passes on the NaN that marks a label out of range; some GPUs lose it when they bound E(r).
  return tfc.sub(tfc.add(1, tfc.mul(0, tfc.max(y, 1, true))), kept);
}

// log(p) ≥ −100, as in PyTorch's binary_cross_entropy. On some GPUs log(0) is finite, and above −100.
function boundedLog(p: tfc.Tensor, log: tfc.Tensor): tfc.Tensor {
  return tfc.where(tfc.equal(p, 0), -100, tfc.maximum(log, -100));
}
