import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {gradientsOf, sameOnUsedMemory} from '../../helpers/used_memory';

const {sum, mean, max, min, prod, all, any, argMax, argMin} = tf;
const SHAPES = [[0], [0, 3], [3, 0], [2, 0, 3], [0, 2, 3], [2, 3, 0], [0, 0]];

/** Every shape along all of its axes, along each one and along every two; with reduced axes kept and not. */
function reductions(
  reduce: (x: tf.Tensor, axis?: number | number[], keep?: boolean) => never,
  dtype: tf.DataType,
) {
  const cases: Record<string, () => tf.Tensor | tf.Tensor[]> = {};
  for (const shape of SHAPES) {
    const axes = shape.map((_, axis) => axis);
    const pairs = axes.flatMap((i) => axes.filter((j) => j > i).map((j) => [i, j]));
    for (const axis of [undefined, ...axes, ...pairs]) {
      for (const keep of [false, true]) {
        cases[`[${shape}] along ${axis}${keep ? ', kept' : ''}`] = () =>
          reduce(tf.zeros(shape, dtype as 'float32'), axis, keep);
      }
    }
  }
  return cases;
}

for (const [name, op] of Object.entries({sum, mean, max, min, prod})) {
  test.serial(`${name} over nothing matches the cpu backend`, async (t) => {
    for (const dtype of ['float32', 'int32'] as const) {
      await sameOnUsedMemory(
        t,
        reductions((x, axis, keep) => op(x, axis, keep) as never, dtype),
      );
    }
  });
}

for (const [name, op] of Object.entries({sum, mean, max, min})) {
  test.serial(`${name} over nothing: so does its gradient`, async (t) => {
    const gradient = (x: tf.Tensor, axis?: number | number[], keep?: boolean) =>
      gradientsOf((x: tf.Tensor) => op(x, axis, keep), x) as never;
    await sameOnUsedMemory(t, reductions(gradient, 'float32'));
  });
}

for (const [name, op] of Object.entries({all, any})) {
  test.serial(`${name} over nothing matches the cpu backend`, async (t) => {
    await sameOnUsedMemory(
      t,
      reductions((x, axis, keep) => op(x, axis, keep) as never, 'bool'),
    );
  });
}

for (const [name, op] of Object.entries({argMax, argMin})) {
  test.serial(`${name} over nothing matches the cpu backend`, async (t) => {
    await sameOnUsedMemory(
      t,
      reductions((x, axis) => op(x, Array.isArray(axis) ? axis[0] : axis) as never, 'float32'),
    );
  });
}

test.serial('moments of nothing, which batch normalization takes, are finite', async (t) => {
  const moments = (x: tf.Tensor, axis?: number | number[], keep?: boolean) => {
    const {mean, variance} = tf.moments(x, axis, keep);
    return [mean, variance] as never;
  };
  await sameOnUsedMemory(t, reductions(moments, 'float32'));
});
