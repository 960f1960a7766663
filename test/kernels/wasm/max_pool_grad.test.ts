import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {poolCases} from '../../helpers/pool_cases';

test.serial('the gradient of max pooling matches the cpu backend, equal values included', async (t) => {
  await fc.assert(
    fc.asyncProperty(poolCases, async ({x, size, strides, pad, seed}) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const pool = (input: tf.Tensor) => tf.maxPool(input as tf.Tensor4D, size, strides, pad);
        const input = integers(x, seed);
        return [tf.grad(pool)(input, integers(pool(input).shape, seed + 1))];
      });
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 200, seed: 1},
  );
});

test.serial('a window without a positive value gets its gradient', async (t) => {
  await useBackend('wasm');
  const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
  const x = tf.tensor4d([1, 2, -1, -2, 3, 4, -3, -4], [1, 2, 4, 1]);
  t.deepEqual(
    [
      ...tf
        .grad(pool)(x, tf.tensor4d([10, 20], [1, 1, 2, 1]))
        .dataSync(),
    ],
    [0, 0, 20, 0, 0, 10, 0, 0],
  );
});
