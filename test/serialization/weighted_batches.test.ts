import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {WeightedBatches} from '../../src/serialization/weighted_batches';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

const dataset = (elements: unknown[]) => ({
  size: elements.length,
  iterator: async () => {
    const left = [...elements];
    return {
      next: async () =>
        (left.length > 0 ? {value: left.shift(), done: false} : {value: null, done: true}) as never,
    };
  },
});

test.serial('each batch is weighed as it comes, wherever its labels are', async (t) => {
  const labels = () => tf.tensor1d([0, 2, 1], 'int32');
  const other = tf.zeros([3, 4]);
  for (const [own, ys] of [
    [[[5, 6, 7]], labels()],
    [
      [undefined, [5, 6, 7]],
      [other, labels()],
    ],
    [[undefined, [5, 6, 7]], {b: labels(), a: other}],
  ] as Array<[Array<number[] | undefined>, unknown]>) {
    const batches = new WeightedBatches(own, ['a', 'b'].slice(0, own.length));
    const source = dataset([{xs: other, ys}]);
    const view = batches.observe(source);
    t.is((view as typeof source).size, 1);
    const iterator = await view.iterator();
    const before = tf.memory().numTensors;
    const {value} = await iterator.next();
    t.is((value as {ys: unknown}).ys, ys);
    const weights = batches.take();
    t.deepEqual(
      weights.map((tensor) => tensor && Array.from(tensor.dataSync())),
      own.map((some) => (some == null ? null : [5, 7, 6])),
    );
    t.deepEqual(batches.take(), [], 'nobody takes them twice');
    tf.dispose(weights as tf.Tensor[]);
    t.is(tf.memory().numTensors, before);
    t.true((await iterator.next()).done);
  }
});

test.serial('weights that nobody takes are given back', async (t) => {
  const batches = new WeightedBatches([[5, 6]], ['a']);
  const elements = [1, 2, 3].map(() => ({xs: tf.zeros([2, 1]), ys: tf.zeros([2])}));
  const iterator = await batches.observe(dataset(elements)).iterator();
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; ++i) {
    await iterator.next();
    t.is(tf.memory().numTensors, before + 1);
  }
  batches.dispose();
  t.is(tf.memory().numTensors, before);
});

test.serial('a batch that cannot be weighed is disposed of', async (t) => {
  const batches = new WeightedBatches([[5, 6, 7]], ['a']);
  const before = tf.memory().numTensors;
  const iterator = await batches.observe(dataset([{xs: tf.zeros([1, 1]), ys: tf.tensor1d([9])}])).iterator();
  await t.throwsAsync(iterator.next(), {message: /Received: 9/});
  t.is(tf.memory().numTensors, before);
});

test.serial('without weights of ours, the data set is left as it is', (t) => {
  const source = dataset([]);
  t.is(new WeightedBatches([undefined], ['a']).observe(source), source);
  t.is(new WeightedBatches([[1, 1]], ['a']).observe(undefined as never), undefined as never);
});
