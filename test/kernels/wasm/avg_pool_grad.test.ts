import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {poolCases} from '../../helpers/pool_cases';

test.serial('the gradient of average pooling matches the cpu backend', async (t) => {
  await fc.assert(
    fc.asyncProperty(poolCases, async ({x, size, strides, pad, seed}) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const pool = (input: tf.Tensor) => tf.avgPool(input as tf.Tensor4D, size, strides, pad);
        const input = integers(x, seed);
        return [tf.grad(pool)(input, integers(pool(input).shape, seed + 1))];
      });
      // At most 16 windows share a pixel, each with |dy| ≤ 4: sums of 16 terms, each rounded to float32.
      const worst = Math.max(...wasm[0].map((value, i) => Math.abs(value - cpu[0][i])));
      t.true(worst <= 16 * 4 * 2 ** -23, `off by ${worst}`);
    }),
    {numRuns: 150, seed: 1},
  );
});
