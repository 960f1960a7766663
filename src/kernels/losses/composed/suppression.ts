import * as tfc from '@tensorflow/tfjs-core';
import {betaAt, type Suppression} from '../suppression';

/** β · T_λ(f_j) as a tensor that broadcasts against `[rows, C]`. */
export function suppressionTensor({tail, beta}: Suppression, rows: number): tfc.Tensor {
  const t = tfc.tensor2d(Float32Array.from(tail), [1, tail.length]);
  if (typeof beta === 'number') return tfc.mul(t, beta);
  const drawn = Float32Array.from({length: rows * tail.length}, (_, i) => betaAt(beta, i));
  return tfc.mul(t, tfc.tensor2d(drawn, [rows, tail.length]));
}
