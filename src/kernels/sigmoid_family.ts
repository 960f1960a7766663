import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Labels} from '../labels';
import {composedSigmoidPass} from './composed/sigmoid';
import {readLabels} from './host/host_labels';
import {elementFns, type Suppression, sigmoidGradients, sigmoidLosses} from './host/sigmoid_pass';
import {type LossPass, lossOp, onHostBackend} from './loss_op';

/** Σ_j w_j · BCE(σ(z_j), y_j) of each row with w_j = 1 − E · β · T_j · (1 − y_j): `[rows, C]` to `[rows]`. */
export function sigmoidFamilyLoss(
  z: Tensor,
  labels: Labels,
  suppression: Suppression,
  fromLogits: boolean,
): Tensor {
  const pass = onHostBackend()
    ? hostSigmoidPass(labels, suppression, fromLogits)
    : composedSigmoidPass(labels, suppression, fromLogits);
  return lossOp(pass, z);
}

function hostSigmoidPass(labels: Labels, suppression: Suppression, fromLogits: boolean): LossPass {
  const read = readLabels(labels);
  const element = elementFns(fromLogits);
  return {
    loss: (z) => tfc.tensor1d(sigmoidLosses(z.dataSync(), read, suppression, element.loss)),
    gradient: (z, dy) =>
      tfc.tensor(
        sigmoidGradients(z.dataSync(), read, suppression, element.gradient, dy.dataSync()),
        z.shape,
        'float32',
      ),
  };
}
