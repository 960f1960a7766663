import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';

// x's shape, which of α's axes are 1 instead, and how many leading axes α lacks.
const shapes = fc
  .array(fc.integer({min: 1, max: 4}), {minLength: 1, maxLength: 4})
  .chain((x) =>
    fc.tuple(
      fc.constant(x),
      fc.array(fc.boolean(), {minLength: x.length, maxLength: x.length}),
      fc.nat(x.length),
    ),
  );

test.serial('PReLU and its gradients match the cpu backend, however α broadcasts', async (t) => {
  await fc.assert(
    fc.asyncProperty(shapes, async ([shape, shared, lacking]) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const x = integers(shape, 3);
        const alpha = integers(shape.map((size, axis) => (shared[axis] ? 1 : size)).slice(lacking), 4);
        const values = [tf.prelu(x, alpha), ...tf.grads(tf.prelu)([x, alpha], integers(shape, 5))];
        // tfjs's kernel has a zero where the cpu backend has a negative zero.
        return values.map((value) => tf.add(value, 0));
      });
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 200, seed: 1},
  );
});
