import type {Tensor} from '@tensorflow/tfjs-core';
import type {Labels} from '../../labels/labels';
import {composedSoftmaxPass} from './composed/softmax';
import {TAIL_SOFTMAX} from './kernel_names';
import {lossOp} from './loss_op';
import {hasKernels, registeredPass} from './registered_pass';
import type {Suppression} from './suppression';

/** −Σ_j y_j log(e^{z_j} / Σ_k w̃_k e^{z_k}) of each row: `[rows, C]` to `[rows]`. */
export function softmaxFamilyLoss(z: Tensor, labels: Labels, suppression: Suppression): Tensor {
  const pass = hasKernels(TAIL_SOFTMAX)
    ? registeredPass(TAIL_SOFTMAX, labels, suppression)
    : composedSoftmaxPass(labels, suppression);
  return lossOp(pass, z);
}
