import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import type {Labels} from '../../labels/labels';
import {composedSoftmax} from './composed/softmax';
import {type RowFormula, rowLosses} from './formula';
import {TAIL_SOFTMAX} from './kernel_names';
import {hasKernels, registeredPass} from './registered_pass';
import type {Suppression} from './suppression';

/** −Σ_j y_j log(e^{z_j} / Σ_k w̃_k e^{z_k}). */
export const softmaxFamily: RowFormula<Suppression> = {
  name: 'TailSoftmax',
  ...composedSoftmax,
  pass: (labels, p) => (hasKernels(TAIL_SOFTMAX) ? registeredPass(TAIL_SOFTMAX, labels, p) : null),
};

/** Computes the losses of the softmax family, `[rows, C]` to `[rows]`. */
export function softmaxFamilyLoss(z: Tensor, labels: Labels, suppression: Suppression): Tensor1D {
  return rowLosses(softmaxFamily, z as Tensor2D, labels, suppression);
}
