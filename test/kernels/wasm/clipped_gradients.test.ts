import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {onBothBackends} from '../../helpers/both_backends';

const EDGES = [-3, -0, 0, 1e-40, 1, 5.999, 6, 6.001, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2];
const UPSTREAM = [1, 2, -3, 4, 5, -6, 7, 8, 9, Number.NaN, -0.5];

for (const [name, op] of [
  ['relu', tf.relu],
  ['relu6', tf.relu6],
  ['clipByValue', (x: tf.Tensor) => tf.clipByValue(x, 0, 6)],
  ['clipByValue to negative numbers', (x: tf.Tensor) => tf.clipByValue(x, -3, 1)],
] as const) {
  test.serial(`the gradient of ${name} matches the cpu backend, at its edges too`, async (t) => {
    const {cpu, wasm} = await onBothBackends(t, () => [
      tf.grad((x: tf.Tensor) => op(x))(tf.tensor1d(EDGES), tf.tensor1d(UPSTREAM)),
      tf.grad((x: tf.Tensor) => op(x))(tf.zeros([0, 3]), tf.zeros([0, 3])),
    ]);
    t.deepEqual(wasm, cpu);
  });
}

test.serial('the second derivative of relu of a square', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const first = tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.relu(x))));
    return [tf.grad((x: tf.Tensor) => tf.sum(first(x)))(tf.tensor1d([-2, 1, 3, 7, 5]))];
  });
  t.deepEqual(wasm, cpu);
});
