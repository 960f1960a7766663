import type {Tensor} from '@tensorflow/tfjs-core';
import type {Labels} from '../../labels/labels';
import {composedSigmoidPass} from './composed/sigmoid';
import {TAIL_SIGMOID} from './kernel_names';
import {lossOp} from './loss_op';
import {hasKernels, registeredPass} from './registered_pass';
import type {Suppression} from './suppression';

/** Σ_j w_j · BCE(σ(z_j), y_j) of each row with w_j = 1 − E · β · T_j · (1 − y_j): `[rows, C]` to `[rows]`. */
export function sigmoidFamilyLoss(
  z: Tensor,
  labels: Labels,
  suppression: Suppression,
  fromLogits: boolean,
): Tensor {
  const pass = hasKernels(TAIL_SIGMOID)
    ? registeredPass(TAIL_SIGMOID, labels, suppression, fromLogits)
    : composedSigmoidPass(labels, suppression, fromLogits);
  return lossOp(pass, z);
}
