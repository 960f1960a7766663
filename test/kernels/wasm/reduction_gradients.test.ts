import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

const shapeAndAxes = fc
  .array(fc.integer({min: 1, max: 6}), {minLength: 1, maxLength: 4})
  .chain((shape) =>
    fc.tuple(fc.constant(shape), fc.shuffledSubarray(shape.map((_, axis) => axis)), fc.boolean()),
  );

for (const [name, reduce] of [
  ['sum', tf.sum],
  ['mean', tf.mean],
] as const) {
  test.serial(`the gradient of ${name} equals the cpu backend's bit for bit, over any axes`, async (t) => {
    await fc.assert(
      fc.asyncProperty(shapeAndAxes, async ([shape, axes, keepDims]) => {
        const {cpu, wasm} = await onBothBackends(t, () => {
          const op = (x: tf.Tensor) => reduce(x, axes, keepDims);
          const x = tf.randomNormal(shape, 0, 1, 'float32', 3);
          return [tf.grad(op)(x, tf.randomNormal(op(x).shape, 0, 1, 'float32', 4))];
        });
        t.deepEqual(wasm, cpu);
      }),
      {numRuns: 100, seed: 1},
    );
  });

  test.serial(
    `the gradient of ${name}: all axes, negative ones, no elements, NaN and infinity`,
    async (t) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const x = integers([2, 3, 4], 1);
        const broken = tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY]);
        return [
          tf.grad((value: tf.Tensor) => reduce(value))(x, tf.scalar(3)),
          tf.grad((value: tf.Tensor) => reduce(value, [-1, 0]))(x, integers([3], 2)),
          tf.grad((value: tf.Tensor) => reduce(value, 0))(tf.zeros([0, 3]), integers([3], 2)),
          tf.grad((value: tf.Tensor) => reduce(value, 1))(integers([2, 3], 5), broken),
        ];
      });
      t.deepEqual(wasm, cpu);
    },
  );

  test.serial(`the second derivative through ${name}`, async (t) => {
    const {cpu, wasm} = await onBothBackends(t, () => {
      const first = tf.grad((x: tf.Tensor) => tf.square(reduce(tf.square(x), [0])).sum());
      return [tf.grad((x: tf.Tensor) => tf.sum(first(x)))(integers([4, 3], 1))];
    });
    t.deepEqual(wasm, cpu);
  });
}

test.serial('it makes no tensor of ones', async (t) => {
  await useBackend('wasm');
  const x = integers([8, 16], 1);
  const gradient = () => tf.grad((value: tf.Tensor) => tf.mean(value, 0))(x, tf.ones([16]));
  const {kernelNames} = await tf.profile(gradient);
  t.true(kernelNames.includes('Tile'));
  t.false(kernelNames.includes('Multiply'));
});
