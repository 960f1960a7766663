import * as tfc from '@tensorflow/tfjs-core';
import type {Suppression} from '../host/sigmoid_pass';

/** β · T_λ(f_j) as a tensor that broadcasts against `[rows, C]`. */
export function suppressionTensor({tail, beta}: Suppression, rows: number): tfc.Tensor {
  const t = tfc.tensor2d(Float32Array.from(tail), [1, tail.length]);
  if (typeof beta === 'number') return tfc.mul(t, beta);
  return tfc.mul(t, tfc.tensor2d(Float32Array.from(beta), [rows, tail.length]));
}
