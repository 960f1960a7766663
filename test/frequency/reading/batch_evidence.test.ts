import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {batchEvidence, comesFromBatch} from '../../../src/frequency/reading/batch_evidence';

tf.enableProdMode();

test('xs with as many rows as labels may be a batch, and is one if tf.data made it', (t) => {
  const inputs = [
    tf.zeros([3, 2]),
    tf.zeros([3, 8, 8, 1]),
    tf.zeros([3]),
    tf.tensor1d(['a', 'b', 'c']),
    {image: tf.zeros([3, 8, 8, 1]), meta: tf.zeros([3, 2])},
    [tf.zeros([3, 8]), tf.zeros([3, 2])],
    [{image: tf.zeros([3, 8])}, {image: tf.zeros([3, 8])}],
    [0.1, 0.2, 0.3],
    [[0.1], [0.2], [0.3]],
    ['a.png', 'b.png', 'c.png'],
    Float32Array.of(1, 2, 3),
  ];
  for (const xs of inputs) {
    t.is(batchEvidence({xs, ys: 0}, 3, true), 'batch');
    t.is(batchEvidence({xs, ys: 0}, 3, false), 'maybe');
    for (const other of [1, 2, 4]) {
      t.is(batchEvidence({xs, ys: 0}, other, false), 'one');
      t.is(batchEvidence({xs, ys: 0}, other, true), 'one');
    }
  }
});

test('xs without rows, or with one input of another number of rows, belongs to one image', (t) => {
  for (const xs of [
    7,
    'a.png',
    true,
    tf.scalar(7),
    [tf.zeros([3, 2]), tf.scalar(1)],
    {a: tf.zeros([3]), b: 7},
  ]) {
    t.is(batchEvidence({xs}, 3, false), 'one');
  }
});

test('elements without xs, and xs without a shape, reveal nothing', (t) => {
  for (const element of [
    null,
    undefined,
    3,
    'x',
    {ys: 1},
    {xs: undefined},
    {xs: null},
    {xs: {}},
    {xs: new Date()},
  ]) {
    t.is(batchEvidence(element, 3, true), 'unknown');
  }
});

test("an iterator's summary reveals tf.data's batch, also under map, prefetch, shuffle and skip", async (t) => {
  const dataset = tf.data.array([{xs: 1, ys: 2}]);
  const batched = dataset.batch(2);
  for (const [source, expected] of [
    [dataset, false],
    [dataset.map((x) => x), false],
    [dataset.shuffle(2).prefetch(1), false],
    [batched, true],
    [batched.map((x) => x), true],
    [batched.prefetch(1), true],
    [batched.shuffle(2).skip(0).take(1), true],
    [tf.data.zip({xs: dataset, ys: dataset}).batch(2), true],
    [tf.data.zip({xs: dataset, ys: dataset}), false],
  ] as [tf.data.Dataset<tf.TensorContainer>, boolean][]) {
    t.is(comesFromBatch(await source.iterator()), expected);
  }
  t.false(comesFromBatch({}));
  t.false(comesFromBatch({summary: () => 'Array -> RowMajorBatch -> Map -> Flatmap'}));
});
