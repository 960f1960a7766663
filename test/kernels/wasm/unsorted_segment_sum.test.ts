import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

const size = fc.integer({min: 1, max: 5});

test.serial('sums by segment match the cpu backend, also for ids outside all segments', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({min: -1, max: 6}), {minLength: 1, maxLength: 20}),
      fc.array(size, {maxLength: 3}),
      size,
      async (ids, rowShape, numSegments) => {
        const {cpu, wasm} = await onBothBackends(t, () => {
          const x = integers([ids.length, ...rowShape], 3);
          const sums = tf.unsortedSegmentSum(x, tf.tensor1d(ids, 'int32'), numSegments);
          return [sums, tf.tensor1d(sums.shape)];
        });
        t.deepEqual(wasm, cpu);
      },
    ),
    {numRuns: 150, seed: 1},
  );
});

test.serial('the gradient of gather along any axis, with indices of any shape', async (t) => {
  const shape = [3, 4, 5];
  for (const axis of [0, 1, 2]) {
    for (const indexShape of [[6], [2, 3]]) {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const indices = tf.tensor([0, 2, 2, 1, 0, 2], indexShape, 'int32');
        const gather = (x: tf.Tensor) => tf.gather(x, indices, axis);
        const x = integers(shape, 1);
        return [tf.grad(gather)(x, integers(gather(x).shape, 2))];
      });
      t.deepEqual(wasm, cpu);
    }
  }
});

test.serial('integers stay integers', async (t) => {
  await useBackend('wasm');
  tf.tidy(() => {
    const x = tf.tensor1d([2 ** 24 + 1, 1, 5], 'int32');
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([1, 1, 0], 'int32'), 3);
    t.is(sums.dtype, 'int32');
    t.deepEqual([...sums.dataSync()], [5, 2 ** 24 + 2, 0]);
  });
});

test.serial('a million equal rows lose no digit', async (t) => {
  await useBackend('wasm');
  tf.tidy(() => {
    const rows = 1_000_000;
    const sums = tf.unsortedSegmentSum(tf.fill([rows], 0.1), tf.zeros([rows], 'int32'), 2);
    t.deepEqual([...sums.dataSync()], [Math.fround(rows * Math.fround(0.1)), 0]);
  });
});

test.serial('more or fewer ids than rows are rejected', async (t) => {
  await useBackend('wasm');
  tf.tidy(() => {
    for (const ids of [tf.tensor1d([0], 'int32'), tf.tensor2d([[0, 1, 0]], [1, 3], 'int32')]) {
      t.throws(() => tf.unsortedSegmentSum(tf.zeros([3, 2]), ids as tf.Tensor1D, 2), {
        message: /^Expected `segmentIds` to be one id for each of x's 3 rows\. Received: /,
      });
    }
  });
});
