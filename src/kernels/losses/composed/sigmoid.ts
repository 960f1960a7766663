import * as tfc from '@tensorflow/tfjs-core';
import {foregroundShare} from '../../../labels/foreground_share';
import {denseLabels, type Labels} from '../../../labels/labels';
import type {LossPass} from '../loss_op';
import type {Suppression} from '../suppression';
import {suppressionTensor} from './suppression';

/** EqualizationLoss out of tfjs ops, for backends whose memory JavaScript cannot read at once (WebGL, WebGPU). */
export function composedSigmoidPass(labels: Labels, suppression: Suppression, fromLogits: boolean): LossPass {
  const weighted = (values: tfc.Tensor) => {
    const y = denseLabels({...labels, values});
    const foreground = foregroundShare({...labels, values}, y);
    const kept = tfc.mul(tfc.mul(foreground, suppressionTensor(suppression, labels.rows)), tfc.sub(1, y));
    // max keeps the NaN that marks a label out of range, which some GPUs lose where they bound E(r).
    return {y, w: tfc.sub(tfc.add(1, tfc.mul(0, tfc.max(y, 1, true))), kept)};
  };
  return {
    forward: (z, differentiable) => {
      const {y, w} = weighted(labels.values);
      const element = fromLogits
        ? tfc.add(tfc.sub(tfc.relu(z), tfc.mul(z, y)), tfc.log1p(tfc.exp(tfc.neg(tfc.abs(z)))))
        : tfc.neg(
            tfc.add(
              tfc.mul(y, boundedLog(z, tfc.log(z))),
              tfc.mul(tfc.sub(1, y), boundedLog(tfc.sub(1, z), tfc.log1p(tfc.neg(z)))),
            ),
          );
      const losses = tfc.sum(tfc.mul(w, element), 1);
      return {losses, saved: differentiable ? [z, labels.values] : []};
    },
    gradient: (dy, [z, values]) => {
      const {y, w} = weighted(values);
      const element = fromLogits
        ? tfc.sub(tfc.sigmoid(z), y)
        : tfc.div(tfc.sub(z, y), tfc.maximum(tfc.mul(z, tfc.sub(1, z)), 1e-12));
      return tfc.mul(tfc.expandDims(dy, 1), tfc.mul(w, element));
    },
  };
}

// log(p) ≥ −100, as in PyTorch's binary_cross_entropy. On some GPUs log(0) is a number, and not so far down.
function boundedLog(p: tfc.Tensor, log: tfc.Tensor): tfc.Tensor {
  return tfc.where(tfc.equal(p, 0), -100, tfc.maximum(log, -100));
}
