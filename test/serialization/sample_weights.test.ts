import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {sampleWeights} from '../../src/serialization/sample_weights';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

const WEIGHTS = [10, 20, 30, 40]; // of classes 0, 1, 2, and of background
const BINARY = [7, 3]; // of a positive, and of a negative

async function weighed(labels: tf.Tensor, weights = WEIGHTS): Promise<number[]> {
  const result = await sampleWeights(labels, weights);
  const values = Array.from(result.dataSync());
  result.dispose();
  return values;
}

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`each form of labels gives the weight of its class (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const classes = [3, 0, 2, 1, 3, 0];
    const expected = classes.map((j) => WEIGHTS[j]);
    const before = tf.memory().numTensors;
    const integers = tf.tensor1d(classes, 'int32');
    const withBackground = tf.oneHot(integers, 4);
    const forms = [
      integers,
      integers.toFloat(),
      integers.reshape([6, 1]),
      withBackground,
      withBackground.toFloat(),
      withBackground.toBool(),
      withBackground.slice([0, 0], [6, 3]),
    ];
    for (const labels of forms) t.deepEqual(await weighed(labels), expected);
    tf.dispose([forms]);
    t.is(tf.memory().numTensors, before);
  });
}

test.serial('one logit: 0 is a negative, 1 a positive', async (t) => {
  await useBackend('cpu');
  const labels = tf.tensor1d([0, 1, 1, 0], 'int32');
  for (const form of [labels, labels.reshape([4, 1]), labels.toFloat()]) {
    t.deepEqual(await weighed(form, BINARY), [3, 7, 7, 3]);
  }
  // [positive, background]
  t.deepEqual(
    await weighed(
      tf.tensor2d([
        [0, 1],
        [1, 0],
        [0, 0],
      ]),
      BINARY,
    ),
    [3, 7, 3],
  );
  t.deepEqual(await weighed(tf.tensor1d([0.2, 0.5, 0.9]), BINARY), [3, 7, 7]);
});

test.serial('soft rows count as their largest share, background being 1 minus the sum', async (t) => {
  await useBackend('cpu');
  const rows: Array<[number[], number]> = [
    [[0.9, 0.05, 0.05], 10],
    [[0.05, 0.1, 0.05], 40],
    [[0.2, 0.5, 0], 20],
    [[0, 0.5, 0], 20], // a class wins a tie with background
    [[0.4, 0.4, 0.2], 10], // the first class wins a tie
    [[0, 0, 0], 40],
    [[0.001, 1, 0], 20],
    // Sum above 1: the class above ½.
    [[0.4, 0.9, 0.3], 20],
    [[0.4, 0.4, 0.4], 40],
  ];
  for (const [row, weight] of rows) t.deepEqual(await weighed(tf.tensor2d([row])), [weight], `${row}`);
  const withBackground: Array<[number[], number]> = [
    [[0.9, 0.05, 0.04, 0.01], 10],
    [[0.3, 0.05, 0.05, 0.6], 40],
    [[0.5, 0, 0, 0.5], 10],
    [[0, 0, 0, 0], 40],
    [[0, 0, 1, 1], 30],
  ];
  for (const [row, weight] of withBackground) {
    t.deepEqual(await weighed(tf.tensor2d([row])), [weight], `${row}`);
  }
});

test.serial('reads labels larger than a block completely', async (t) => {
  await useBackend('cpu');
  const classes = 300_000;
  const labels = tf.oneHot(tf.tensor1d([5, 299_999, 0, 7, 8], 'int32'), classes);
  const weights = Float32Array.from({length: classes + 1}, (_, j) => j);
  const result = await sampleWeights(labels, weights);
  t.deepEqual(Array.from(result.dataSync()), [5, 299_999, 0, 7, 8]);
  tf.dispose([labels, result]);
});

test.serial('refuses labels without a weight, and leaves no tensor', async (t) => {
  await useBackend('cpu');
  const cases: Array<[tf.Tensor, RegExp]> = [
    [
      tf.tensor2d([
        [1, 0, 0],
        [1, 0, 1],
      ]),
      /Expected `classWeight` to be left out: row 1 .* several classes.*Received: \[0, 2\]/,
    ],
    [
      tf.tensor1d([0, 4], 'int32'),
      /Expected `yTrue` to hold integers in 0 … 3 \(3 = background\)\. Received: 4 in row 1/,
    ],
    [tf.tensor1d([0.5, 1]), /Received: 0.5 in row 0/],
    [tf.tensor1d([0, -1]), /Received: -1 in row 1/],
    [
      tf.tensor2d([
        [1, 0, 0],
        [Number.NaN, 0, 0],
      ]),
      /Expected `yTrue` to hold values in 0 … 1. Received: NaN in row 1/,
    ],
    [tf.tensor2d([[0, 255, 0]]), /Received: 255 in row 0/],
    [tf.tensor2d([[1, 0, 0, -2]]), /Received: -2 in row 0/],
    [tf.zeros([2, 7]), /Expected `yTrue` to be a tensor of shape/],
    [tf.tensor1d(['cat', 'dog']), /Expected `yTrue` to be labels of dtype .* Received: "string"/],
    [tf.complex([1, 2], [0, 0]), /Received: "complex64"/],
  ];
  const before = tf.memory().numTensors;
  for (const [labels, message] of cases) {
    await t.throwsAsync(sampleWeights(labels, WEIGHTS), {message, name: 'ValueError'});
  }
  t.is(tf.memory().numTensors, before);
  t.deepEqual(await weighed(tf.zeros([0, 3])), []);
});

test.serial('ignored integers have weight 0, in any shape', async (t) => {
  await useBackend('cpu');
  for (const labels of [tf.tensor1d([0, 255, 2], 'int32'), tf.tensor2d([[0], [255], [2]])]) {
    t.deepEqual(
      Array.from((await sampleWeights(labels, WEIGHTS, {ignoreLabel: 255})).dataSync()),
      [10, 0, 30],
    );
    await t.throwsAsync(sampleWeights(labels, WEIGHTS, {ignoreLabel: -1}), {
      message: /Received: 255 in row 1/,
    });
  }
  const binary = tf.tensor1d([1, -1, 0], 'int32');
  t.deepEqual(Array.from((await sampleWeights(binary, BINARY, {ignoreLabel: -1})).dataSync()), [7, 0, 3]);
});
