import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';

const shapeAndReps = fc
  .array(fc.tuple(fc.integer({min: 1, max: 4}), fc.nat(5)), {maxLength: 4})
  .map((axes) => [axes.map(([size]) => size), axes.map(([, reps]) => reps)]);

test.serial('repetition along any axes matches the cpu backend', async (t) => {
  await fc.assert(
    fc.asyncProperty(shapeAndReps, async ([shape, reps]) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const x = integers(shape, 7);
        return [tf.tile(x, reps), tf.tile(tf.cast(x, 'int32'), reps)];
      });
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});
