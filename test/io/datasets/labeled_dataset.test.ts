import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {inOrder} from '../../../src/io/datasets';
import {BytesReader} from '../../../src/io/datasets/image_reader';
import {labeledSplits} from '../../../src/io/datasets/labeled_splits';

const {train} = labeledSplits({
  reader: new BytesReader(Uint8Array.of(0, 51, 102, 153, 204), [1, 1, 1], (index) => `image ${index}`),
  labels: Int32Array.of(1, 0, 1, 2, 1),
  classNames: ['a', 'b', 'c', 'd'],
  splits: ['train', 'train', 'train', 'test', 'train'],
  batching: {range: [0, 5], labelType: 'int32', strict: false, batchSize: 3},
});

async function valuesOf(dataset: typeof train): Promise<number[][]> {
  const batches: number[][] = [];
  const iterator = await dataset.iterator();
  for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
    const {xs, ys} = item.value as {xs: tf.Tensor; ys: tf.Tensor};
    batches.push(Array.from(xs.dataSync(), Math.round));
    tf.dispose([xs, ys]);
  }
  return batches;
}

test('a subset has its own labels and frequencies, and may be batched differently', async (t) => {
  t.deepEqual([train.length, train.size, train.counts], [4, 2, {a: 1, b: 3, c: 0, d: 0}]);
  const some = train.subset([3, 1, 3], {batchSize: 2, sampler: inOrder});
  t.deepEqual([[...some.labels], some.counts.b, some.freqInfo.numImages], [[1, 0, 1], 2, 3]);
  t.deepEqual(await valuesOf(some), [[4, 1], [4]]);
  t.deepEqual([some.nameOf(0), some.nameOf(1)], ['image 4', 'image 1']);
  t.deepEqual([...some.subset([2]).labels], [1]);
  t.throws(() => train.subset([]), {message: /^Expected `indices` to be of at least one image/});
  t.throws(() => train.subset([4]), {message: /^Expected `indices` to be an integer ≥ 0 and ≤ 3/});
  t.throws(() => train.nameOf(-1), {message: /^Expected `index` to be an integer/});
});

test('another dataset of the same images continues an interrupted pass', async (t) => {
  const whole = train.subset([0, 1, 2, 3], {batchSize: 2, seed: 5});
  const iterator = await whole.iterator();
  const first = await iterator.next();
  const again = train.subset([0, 1, 2, 3], {batchSize: 2});
  again.setState(JSON.parse(JSON.stringify(whole.getState())));
  const rest = await iterator.next();
  t.deepEqual(await valuesOf(again), [Array.from(rest.value.xs.dataSync(), (x) => Math.round(x as number))]);
  tf.dispose([first.value, rest.value]);
});
