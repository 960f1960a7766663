import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {integers, onBothBackends} from '../../helpers/both_backends';

test.serial('sums with and without broadcasting match the cpu backend, whole vectors or not', async (t) => {
  const shapes: [number[], number[]][] = [
    [[5, 7], [7]],
    [[2, 3, 4, 8], [8]],
    [
      [2, 3, 4, 3],
      [1, 1, 1, 3],
    ],
    [[6, 1], [1]],
    [
      [6, 1],
      [6, 1],
    ],
    [
      [3, 4],
      [3, 1],
    ],
    [[3], [4, 3]],
    [
      [4, 2, 3],
      [2, 3],
    ],
    [[9], [9]],
    [[0, 5], [5]],
    [[], []],
  ];
  const {cpu, wasm} = await onBothBackends(t, () =>
    shapes.flatMap(([a, b]) => {
      const [x, y] = [integers(a, 1), integers(b, 2)];
      const sum = tf.add(x, y);
      return [sum, tf.tensor1d(sum.shape), ...tf.grads((p, q) => tf.add(p, q))([x, y])];
    }),
  );
  t.deepEqual(wasm, cpu);
});

test.serial('a sum of integers keeps its dtype', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => [
    tf.add(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.tensor1d([1, 2], 'int32')),
    tf.add(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.tensor1d([0.5, 2])),
  ]);
  t.deepEqual(wasm, cpu);
});
