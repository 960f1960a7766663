import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {labelsAsIntegers, labelsLikePredictions} from '../../src/serialization/label_views';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

const C = 3;
const CLASSES = [0, 2, 3, 1]; // 3 = background
const DENSE = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`converts every form of labels to one-hot and to integers (${backend})`, async (t) => {
    await useBackend(backend);
    for (const lead of [[4], [2, 2]]) {
      const integers = tf.tensor(CLASSES, lead, 'int32');
      const yPred = tf.zeros([...lead, C]);
      const withBackground = tf.oneHot(integers, C + 1).toFloat();
      const forms = [
        integers,
        integers.toFloat(),
        integers.expandDims(-1),
        withBackground,
        withBackground.toInt(),
        tf.tensor(DENSE, [...lead, C]),
        tf.tensor(DENSE, [...lead, C], 'bool'),
      ];
      for (const labels of forms) {
        const dense = labelsLikePredictions(labels, yPred);
        t.deepEqual(dense.shape, yPred.shape);
        t.deepEqual(Array.from(dense.dataSync()), DENSE);
        const indices = labelsAsIntegers(labels, yPred);
        t.deepEqual(Array.from(indices.dataSync()), CLASSES);
      }
    }
  });
}

test.serial('one logit: labels become an unchanged column', async (t) => {
  await useBackend('cpu');
  for (const labels of [tf.tensor1d([0, 1, 1]), tf.tensor2d([[0], [1], [1]])]) {
    const column = labelsLikePredictions(labels, tf.zeros([3, 1]));
    t.deepEqual(column.shape, [3, 1]);
    t.deepEqual(Array.from(column.dataSync()), [0, 1, 1]);
  }
});

test.serial('soft labels stay soft', async (t) => {
  await useBackend('cpu');
  const soft = tf.tensor2d([[0.25, 0.5, 0.125, 0.125]]);
  t.deepEqual(Array.from(labelsLikePredictions(soft, tf.zeros([1, 3])).dataSync()), [0.25, 0.5, 0.125]);
});

for (const [backend, use] of [
  ['cpu', () => useBackend('cpu')],
  ['wasm', () => useBackend('wasm')],
  ['gpu-like', useGpuLikeBackend],
] as const) {
  test.serial(`as integers, soft rows become the class that metrics see (${backend})`, async (t) => {
    await use();
    const soft = tf.tensor2d([
      [0.2, 0.3, 0.1], // 0.4 less than 1: background
      [0.1, 0.4, 0.1], // a tie with background
      [0.3, 0.3, 0.3],
      [0.1, 0.9, 0.8], // several classes: the first
      [0.5, 0.4, 0.45], // several classes, none of them held
    ]);
    t.deepEqual(Array.from(labelsAsIntegers(soft, tf.zeros([5, C])).dataSync()), [C, 1, 0, 1, C]);
    const withBackground = tf.tensor2d([
      [0.3, 0.2, 0.1, 0.4],
      [0.2, 0.3, 0.2, 0.3],
    ]);
    t.deepEqual(Array.from(labelsAsIntegers(withBackground, tf.zeros([2, C])).dataSync()), [C, 1]);
  });
}

test.serial('as integers, an invalid label stays NaN on a GPU', async (t) => {
  await useGpuLikeBackend();
  const soft = tf.tensor2d([
    [0.2, 7, 0.1, 0],
    [1, 0, 0, 0],
  ]);
  t.deepEqual(Array.from(labelsAsIntegers(soft, tf.zeros([2, C])).dataSync()), [Number.NaN, 0]);
});

test.serial('refuses labels of an unknown form', async (t) => {
  await useBackend('cpu');
  for (const view of [labelsLikePredictions, labelsAsIntegers]) {
    t.throws(() => view(tf.zeros([4, 7]), tf.zeros([4, 3])), {message: /Expected `yTrue`/});
  }
});
