import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

const shapeAndAxes = fc
  .array(fc.integer({min: 1, max: 6}), {maxLength: 4})
  .chain((shape) => fc.tuple(fc.constant(shape), fc.subarray(shape.map((_, axis) => axis)), fc.boolean()));

test.serial('sums over any axes match the cpu backend, and means are these divided', async (t) => {
  await fc.assert(
    fc.asyncProperty(shapeAndAxes, async ([shape, axes, keepDims]) => {
      const terms = axes.reduce((product, axis) => product * shape[axis], 1);
      const {cpu, wasm} = await onBothBackends(t, () => {
        const x = integers(shape, 7);
        const sum = tf.sum(x, axes, keepDims);
        const mean = tf.mean(x, axes, keepDims);
        return [
          sum,
          mean,
          tf.tensor1d(sum.shape),
          tf.tensor1d(mean.shape),
          tf.sum(tf.cast(x, 'int32'), axes),
        ];
      });
      // The cpu backend divides before it adds up, and so rounds more often than a mean has to.
      t.deepEqual(
        wasm[1],
        wasm[0].map((sum) => sum / terms),
      );
      cpu[1] = wasm[1];
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});

for (const terms of [1_000, 36_864, 1_000_000]) {
  test.serial(`${terms} equal values lose no digit, by row and by column`, async (t) => {
    await useBackend('wasm');
    const value = Math.fround(0.1);
    tf.tidy(() => {
      const expected = Math.fround(terms * value);
      t.is(tf.sum(tf.fill([terms], 0.1)).dataSync()[0], expected);
      t.is(tf.mean(tf.fill([terms], 0.1)).dataSync()[0], value);
      t.deepEqual([...tf.sum(tf.fill([terms, 5], 0.1), 0).dataSync()], new Array(5).fill(expected));
      t.deepEqual([...tf.mean(tf.fill([terms, 5], 0.1), 0).dataSync()], new Array(5).fill(value));
    });
  });
}
