import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {batchesOf, FrozenFeatures, isDataset} from '../../src/training/frozen_features';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

function model(): tf.LayersModel {
  const [a, b] = [tf.input({shape: [2], name: 'a'}), tf.input({shape: [1], name: 'b'})];
  const both = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor;
  const dropped = tf.layers.dropout({rate: 0.5}).apply(both) as tf.SymbolicTensor;
  return tf.model({inputs: [a, b], outputs: tf.layers.dense({units: 2}).apply(dropped) as tf.SymbolicTensor});
}

const inputs = () => ({
  b: tf.tensor2d([[3], [6]]),
  a: tf.tensor2d([
    [1, 2],
    [4, 5],
  ]),
});
const WANTED = [
  [1, 2, 3],
  [4, 5, 6],
];

test.serial('inputs by name and in order, without dropout', (t) => {
  const whole = model();
  const features = new FrozenFeatures(whole, whole.layers.at(-1)?.input as tf.SymbolicTensor);
  const {a, b} = inputs();
  t.deepEqual(features.of({b, a}).arraySync(), WANTED);
  t.deepEqual(features.of([a, b]).arraySync(), WANTED);
});

test.serial('batches of features: labels and weights stay, inputs are disposed of', async (t) => {
  const whole = model();
  const features = new FrozenFeatures(whole, whole.layers.at(-1)?.input as tf.SymbolicTensor);
  const before = tf.memory().numTensors;
  const left = [{xs: inputs(), ys: tf.zeros([2]), sampleWeight: tf.ones([2])}];
  const source = {
    size: 1,
    iterator: async () => ({next: async () => ({value: left.pop() ?? null, done: left.length === 0})}),
  };
  const view = features.over(source);
  t.is(view.size, 1);
  const {value} = await (await view.iterator()).next();
  const batch = value as unknown as {xs: tf.Tensor; ys: tf.Tensor; sampleWeight: tf.Tensor};
  t.deepEqual(batch.xs.arraySync(), WANTED);
  t.deepEqual(batch.sampleWeight.arraySync(), [1, 1]);
  t.is(tf.memory().numTensors, before + 3);
  tf.dispose(batch);
  t.is(tf.memory().numTensors, before);
});

test.serial('batches of datasets are disposed of, whole data is not', async (t) => {
  const data = {xs: tf.zeros([4, 1]), ys: tf.zeros([4])};
  const before = tf.memory().numTensors;
  for await (const batch of batchesOf(data)) t.is(batch.xs, data.xs);
  const dataset = tf.data.array([1, 2, 3]).map((x) => ({xs: tf.fill([1], x as number), ys: tf.zeros([1])}));
  const seen: number[] = [];
  for await (const {xs} of batchesOf(dataset as never)) seen.push((xs as tf.Tensor).dataSync()[0]);
  t.deepEqual(seen, [1, 2, 3]);
  t.is(tf.memory().numTensors, before);
  t.deepEqual([isDataset(dataset), isDataset(data)], [true, false]);
  for (const wrong of [undefined, {}, {xs: 1}, [1, 2]]) t.throws(() => isDataset(wrong), {message: /`data`/});
});
