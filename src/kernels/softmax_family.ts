import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Labels} from '../labels';
import {composedSoftmaxPass} from './composed/softmax';
import {readLabels} from './host/host_labels';
import type {Suppression} from './host/sigmoid_pass';
import {softmaxGradients, softmaxLosses} from './host/softmax_pass';
import {type LossPass, lossOp, onHostBackend} from './loss_op';

/** −Σ_j y_j log(e^{z_j} / Σ_k w̃_k e^{z_k}) of each row: `[rows, C]` to `[rows]`. */
export function softmaxFamilyLoss(z: Tensor, labels: Labels, suppression: Suppression): Tensor {
  return lossOp(
    onHostBackend() ? hostSoftmaxPass(labels, suppression) : composedSoftmaxPass(labels, suppression),
    z,
  );
}

function hostSoftmaxPass(labels: Labels, suppression: Suppression): LossPass {
  const read = readLabels(labels);
  return {
    loss: (z) => tfc.tensor1d(softmaxLosses(z.dataSync(), read, suppression)),
    gradient: (z, dy) =>
      tfc.tensor(softmaxGradients(z.dataSync(), read, suppression, dy.dataSync()), z.shape, 'float32'),
  };
}
