import * as tf from '@tensorflow/tfjs';
import type {LossPass} from '../../src/kernels/losses/loss_op';

/** An upstream gradient of 1, −2, 3, −4, … */
export const upstream = (rows: number) =>
  Array.from({length: rows}, (_, row) => (row % 2 ? -1 : 1) * (row + 1));

/** Values `[rows, C]` times the upstream gradient of their row. */
export function scaled(values: ArrayLike<number>, rows: number): number[] {
  const dy = upstream(rows);
  return Array.from(values, (x, i) => x * dy[Math.floor((i * rows) / values.length)]);
}

/** Row losses, and gradients for the upstream gradient above, of a pass outside any tape. */
export function runPass(pass: LossPass, z: tf.Tensor): {losses: number[]; gradients: number[]} {
  return tf.tidy(() => {
    const {losses, saved} = pass.forward(z, true);
    return {
      losses: Array.from(losses.dataSync()),
      gradients: Array.from(pass.gradient(tf.tensor1d(upstream(z.shape[0])), saved, true).dataSync()),
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
