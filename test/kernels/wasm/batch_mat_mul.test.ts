import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';

const size = fc.integer({min: 1, max: 20});
const batches = fc.constantFrom<[number[], number[]]>(
  [[], []],
  [[1], []],
  [[], [1]],
  [[1, 1], [1]],
  [[3], [3]],
  [[1], [3]],
  [[3], [1]],
  [
    [2, 1],
    [1, 3],
  ],
);

test.serial(
  'products of matrices match the cpu backend: transposed or not, batches, broadcasting',
  async (t) => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(size, size, size),
        batches,
        fc.boolean(),
        fc.boolean(),
        async ([m, k, n], [batchA, batchB], transposeA, transposeB) => {
          const {cpu, wasm} = await onBothBackends(t, () => {
            const a = integers([...batchA, ...(transposeA ? [k, m] : [m, k])], 1);
            const b = integers([...batchB, ...(transposeB ? [n, k] : [k, n])], 2);
            const product = tf.matMul(a, b, transposeA, transposeB);
            return [product, tf.tensor1d(product.shape)];
          });
          t.deepEqual(wasm, cpu);
        },
      ),
      {numRuns: 200, seed: 1},
    );
  },
);

test.serial("a dense layer's gradients, with more outputs than rows and with fewer", async (t) => {
  for (const [rows, inputs, units] of [
    [16, 90, 10],
    [4, 10, 90],
    [64, 12, 12],
  ]) {
    const {cpu, wasm} = await onBothBackends(t, () =>
      tf.grads((x: tf.Tensor, w: tf.Tensor) => tf.matMul(x, w))(
        [integers([rows, inputs], 1), integers([inputs, units], 2)],
        integers([rows, units], 3),
      ),
    );
    t.deepEqual(wasm, cpu);
  }
});

test.serial('the same data on the right-hand side in two shapes', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const b = integers([4, 60], 1);
    const reshaped = tf.reshape(b, [60, 4]);
    const [four, sixty] = [integers([9, 4], 2), integers([9, 60], 3)];
    return [
      tf.matMul(four, b),
      tf.matMul(sixty, reshaped),
      tf.matMul(integers([4, 9], 4), b, true, false),
      tf.matMul(integers([60, 9], 5), reshaped, true, false),
    ];
  });
  t.deepEqual(wasm, cpu);
});
