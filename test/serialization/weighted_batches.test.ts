import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {weightsOfBatch} from '../../src/serialization/batch_weights';
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

/** Weights of a batch with one input. */
const weightsOf = (labels: tf.Tensor | undefined, outputs: number) =>
  weightsOfBatch({inputs: [0], outputs: Array.from({length: outputs})} as never, [null, labels as tf.Tensor]);

test.serial('weights each batch as it comes, wherever its labels are', async (t) => {
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
    const first =
      ys instanceof tf.Tensor ? ys : Object.values(ys as tf.Tensor[]).at(own.length === 1 ? 0 : -1);
    t.deepEqual(
      weightsOf(Array.isArray(ys) ? ys[0] : first, own.length).classes.map(
        (tensor) => tensor && Array.from(tensor.dataSync()),
      ),
      own.map((some) => (some == null ? null : [5, 7, 6])),
    );
    t.true(((await iterator.next()) as IteratorResult<unknown>).done);
    t.is(tf.memory().numTensors, before);
    t.deepEqual(
      weightsOf(Array.isArray(ys) ? ys[0] : first, own.length).classes,
      own.map(() => null),
      'only as long as the batch',
    );
  }
});

test.serial('disposes weights that are not used', async (t) => {
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

test.serial('disposes a batch that cannot be weighted', async (t) => {
  const batches = new WeightedBatches([[5, 6, 7]], ['a']);
  const before = tf.memory().numTensors;
  const iterator = await batches.observe(dataset([{xs: tf.zeros([1, 1]), ys: tf.tensor1d([9])}])).iterator();
  await t.throwsAsync(iterator.next(), {message: /Received: 9/});
  t.is(tf.memory().numTensors, before);
});

test.serial('leaves elements unchanged without weights', async (t) => {
  const element = {xs: tf.zeros([1, 1]), ys: tf.zeros([1])};
  const before = tf.memory().numTensors;
  const source = new WeightedBatches([undefined], ['a']).observe(dataset([element]));
  const iterator = await source.iterator();
  t.is(((await iterator.next()) as IteratorResult<unknown>).value, element);
  t.is(tf.memory().numTensors, before);
  t.is(new WeightedBatches([[1, 1]], ['a']).observe(undefined as never), undefined as never);
});
