import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import type {Labels} from '../../labels/labels';
import {composedSigmoid} from './composed/sigmoid';
import {type RowFormula, rowLosses} from './formula';
import {TAIL_SIGMOID} from './kernel_names';
import {hasKernels, registeredPass} from './registered_pass';
import type {SigmoidParameters, Suppression} from './suppression';

/** Σ_j w_j · BCE(σ(z_j), y_j) with w_j = 1 − E · β · T_j · (1 − y_j). */
export const sigmoidFamily: RowFormula<SigmoidParameters> = {
  name: 'TailSigmoid',
  ...composedSigmoid,
  pass: (labels, p) =>
    hasKernels(TAIL_SIGMOID) ? registeredPass(TAIL_SIGMOID, labels, p, p.fromLogits) : null,
};

/** Computes the losses of the sigmoid family, `[rows, C]` to `[rows]`. */
export function sigmoidFamilyLoss(
  z: Tensor,
  labels: Labels,
  suppression: Suppression,
  fromLogits: boolean,
): Tensor1D {
  return rowLosses(sigmoidFamily, z as Tensor2D, labels, {...suppression, fromLogits});
}
