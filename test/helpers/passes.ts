import * as tf from '@tensorflow/tfjs';
import type {LossPass} from '../../src/kernels/loss_op';

/** Row losses, and gradients for an upstream gradient of 1, −2, 3, −4, …, of a pass outside any tape. */
export function runPass(pass: LossPass, z: tf.Tensor): {losses: number[]; gradients: number[]} {
  return tf.tidy(() => {
    const dy = Array.from({length: z.shape[0]}, (_, row) => (row % 2 ? -1 : 1) * (row + 1));
    return {
      losses: Array.from(pass.loss(z).dataSync()),
      gradients: Array.from(pass.gradient(z, tf.tensor1d(dy), pass.saves ?? []).dataSync()),
    };
  });
}

/** |a − b| ≤ tolerance · (1 + |b|) throughout, where NaN equals NaN alone. */
export function agree(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): boolean {
  if (actual.length !== expected.length) return false;
  return Array.from(actual).every((a, i) =>
    Number.isNaN(expected[i])
      ? Number.isNaN(a)
      : Math.abs(a - expected[i]) <= tolerance * (1 + Math.abs(expected[i])),
  );
}
