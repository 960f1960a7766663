import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {binaryHits, classHits, columnSums, rowHits} from '../../src/metrics/class_hits';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {metricFixtures, tensorsOf} from '../helpers/metric_fixtures';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `hits and support match the confusion matrix, in every form of labels (${backend})`,
    async (t) => {
      await useBackend(backend);
      for (const fixture of metricFixtures) {
        const [labels, logits] = tensorsOf(fixture);
        const dense = tf.oneHot(labels, fixture.classes + 1).toFloat() as tf.Tensor2D;
        for (const y of [labels, labels.expandDims(1), dense, dense.slice([0, 0], [-1, fixture.classes])]) {
          const [hits, support] = classHits(y, logits);
          t.deepEqual(Array.from(hits.dataSync()), fixture.hits);
          t.deepEqual(Array.from(support.dataSync()), fixture.support);
          const [hitRows, rows] = rowHits(y, logits);
          t.is(
            hitRows.dataSync()[0],
            fixture.hits.reduce((sum, n) => sum + n),
          );
          t.is(
            rows.dataSync()[0],
            fixture.support.reduce((sum, n) => sum + n),
          );
        }
      }
    },
  );
}

test.serial('a sample of several classes counts for each of them', async (t) => {
  await useBackend('cpu');
  const y = tf.tensor2d([
    [1, 1, 0],
    [0, 1, 1],
    [0, 0, 0],
  ]);
  const logits = tf.tensor2d([
    [5, 1, 0],
    [3, 1, 2],
    [9, 1, 1],
  ]);
  const [hits, support] = classHits(y, logits);
  t.deepEqual(Array.from(hits.dataSync()), [1, 0, 0]);
  t.deepEqual(Array.from(support.dataSync()), [1, 2, 1]);
  t.deepEqual(
    rowHits(y, logits).map((x) => x.dataSync()[0]),
    [1, 2],
  );
});

test.serial('a label out of range cannot pass for background', async (t) => {
  await useBackend('cpu');
  const labels = tf.tensor1d([0, 7], 'int32');
  t.throws(() => classHits(labels, tf.zeros([2, 3])), {message: /Received: 7 in row 1$/});
  await useGpuLikeBackend();
  const [hits, support] = classHits(tf.tensor1d([0, 7], 'int32'), tf.zeros([2, 3]));
  t.true([...hits.dataSync(), ...support.dataSync()].every(Number.isNaN));
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `smoothing does not change hits and support, in every form of labels (${backend})`,
    async (t) => {
      await useBackend(backend);
      for (const fixture of metricFixtures) {
        const {classes, hits, support} = fixture;
        const [labels, logits] = tensorsOf(fixture);
        for (const width of [classes, classes + 1]) {
          const dense = tf
            .oneHot(labels, classes + 1)
            .toFloat()
            .slice([0, 0], [-1, width]);
          const soft = dense.mul(0.9).add(0.1 / width);
          for (const [y, z] of [
            [soft, logits],
            [soft.expandDims(0), logits.expandDims(0)],
          ]) {
            const [actualHits, actualSupport] = classHits(y, z);
            t.deepEqual(Array.from(actualHits.dataSync()), hits);
            t.deepEqual(Array.from(actualSupport.dataSync()), support);
          }
        }
      }
    },
  );

  test.serial(
    `a single class is predicted above a logit of 0, or a probability of .5 (${backend})`,
    async (t) => {
      await useBackend(backend);
      const logits = [3, 0.2, 0, -0.2, -3, 3];
      const z = tf.tensor2d(logits, [6, 1]);
      const y = tf.tensor1d([1, 1, 1, 1, 1, 0], 'int32');
      const read = (tensors: tf.Tensor[]) => tensors.map((x) => Array.from(x.dataSync()));
      t.deepEqual(read(classHits(y, z)), [[2], [5]]);
      t.deepEqual(read(rowHits(y, z)), [[2], [5]]);
      t.deepEqual(read(binaryHits(y, z)), [
        [0, 2],
        [1, 5],
      ]);
      const p = tf.tensor2d(
        logits.map((x) => 1 / (1 + Math.exp(-x))),
        [6, 1],
      );
      t.deepEqual(read(classHits(y, p, false)), [[2], [5]]);
      t.deepEqual(read(rowHits(y, p, false)), [[2], [5]]);
      t.deepEqual(read(binaryHits(y, p, false)), [
        [0, 2],
        [1, 5],
      ]);
      t.throws(() => binaryHits(tf.zeros([2]), tf.zeros([2, 3])), {
        name: 'ValueError',
        message: /Expected `yPred` to be one logit or probability for each sample, of shape \[…, 1\]/,
      });
    },
  );

  test.serial(`a batch without rows has no hits and no support (${backend})`, async (t) => {
    await useBackend(backend);
    // On wasm a product over no rows would leave what other tensors have written.
    for (let i = 0; i < 50; ++i) tf.fill([64], 1e6).dispose();
    for (const [labels, predictions] of [
      [[0], [0, 3]],
      [
        [0, 3],
        [0, 3],
      ],
      [
        [0, 4],
        [0, 3],
      ],
      [[0], [0, 1]],
      [
        [2, 0],
        [2, 0, 3],
      ],
      [
        [0, 5, 4],
        [0, 5, 3],
      ],
    ]) {
      const classes = predictions[predictions.length - 1];
      const [y, z] = [tf.zeros(labels), tf.zeros(predictions)];
      const none = new Array(classes).fill(0);
      t.deepEqual(
        classHits(y, z).map((x) => Array.from(x.dataSync())),
        [none, none],
      );
      t.deepEqual(
        rowHits(y, z).map((x) => Array.from(x.dataSync())),
        [[0], [0]],
      );
      if (classes === 1) t.deepEqual(Array.from(binaryHits(y, z)[1].dataSync()), [0, 0]);
    }
    t.deepEqual(Array.from(columnSums(tf.zeros([0, 2])).dataSync()), [0, 0]);
  });
}

test.serial('no label is read on backends that would have to wait for it', async (t) => {
  await useGpuLikeBackend();
  const {dataSync} = tf.Tensor.prototype;
  const soft = tf.tensor2d([0.9, 0.1, 0.2, 0.8], [2, 2]);
  const one = tf.tensor1d([1, 0]);
  let hits: tf.Tensor[] = [];
  tf.Tensor.prototype.dataSync = () => t.fail('read synchronously') as never;
  try {
    hits = [
      ...classHits(soft, tf.ones([2, 2])),
      ...rowHits(soft, tf.ones([2, 2])),
      ...binaryHits(one, tf.ones([2, 1])),
    ];
  } finally {
    tf.Tensor.prototype.dataSync = dataSync;
  }
  t.deepEqual(
    hits.map((x) => Array.from(x.dataSync())),
    [[1, 0], [1, 1], [1], [2], [0, 1], [1, 1]],
  );
});
