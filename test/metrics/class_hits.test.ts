import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {classHits, rowHits} from '../../src/metrics/class_hits';
import {useBackend} from '../helpers/backends';
import {metricFixtures, tensorsOf} from '../helpers/metric_fixtures';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `hits and support are the confusion matrix's, in every form of labels (${backend})`,
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
  const [hits, support] = classHits(tf.tensor1d([0, 7], 'int32'), tf.zeros([2, 3]));
  t.true([...hits.dataSync(), ...support.dataSync()].every(Number.isNaN));
});

test.serial('a single class is its own highest prediction', async (t) => {
  await useBackend('cpu');
  const [hits, support] = classHits(tf.tensor1d([0, 1, 0], 'int32'), tf.zeros([3, 1]));
  t.deepEqual([hits.dataSync()[0], support.dataSync()[0]], [2, 2]);
});
