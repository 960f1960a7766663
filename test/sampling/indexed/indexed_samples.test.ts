import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {classAware, type IndexedSample, indexedDataset} from '../../../src/sampling';
import {passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

const first = async (get: (index: number) => unknown, length = 4) => {
  const dataset = indexedDataset({length, get: get as () => IndexedSample}, {batchSize: length});
  return (await (await dataset.iterator()).next()).value;
};

const rowsOf = (x: tf.Tensor) => x.arraySync() as number[][];
const sorted = (rows: number[][]) => rows.slice().sort(([a], [b]) => a - b);

for (const [what, value, shape, dtype] of [
  ['numbers', (i: number) => i, [4], 'float32'],
  ['typed arrays', (i: number) => Float32Array.of(i, 1), [4, 2], 'float32'],
  ['bytes', (i: number) => Uint8Array.of(i, 1), [4, 2], 'float32'],
  ['integers', (i: number) => Int32Array.of(i, 1), [4, 2], 'int32'],
  [
    'shaped arrays',
    (i: number) => ({data: Float32Array.of(i, 1, 2, 3), shape: [2, 2]}),
    [4, 2, 2],
    'float32',
  ],
  ['nested arrays', (i: number) => [[i], [1]], [4, 2, 1], 'float32'],
  ['tensors', (i: number) => tf.tensor1d([i, 1]), [4, 2], 'float32'],
] as const) {
  test.serial(`a batch of ${what}`, async (t) => {
    const before = tf.memory().numTensors;
    const {xs, ys} = await first((i) => ({xs: value(i), ys: i}));
    t.is(tf.memory().numTensors, before + 2);
    t.deepEqual(xs.shape, shape);
    t.is(xs.dtype, dtype);
    const size = xs.size / 4;
    t.deepEqual(
      [...xs.dataSync()].filter((_, k) => k % size === 0),
      [...ys.dataSync()],
    );
    tf.dispose([xs, ys]);
  });
}

test.serial('samples by name', async (t) => {
  const {xs, ys} = await first((i) => ({xs: {a: [i], b: i}, ys: {c: -1 - i}}));
  t.deepEqual(sorted(rowsOf(xs.a)), [[0], [1], [2], [3]]);
  t.deepEqual(
    [...ys.c.dataSync()],
    [...xs.b.dataSync()].map((i) => -1 - i),
  );
});

test.serial('samples of a batch are requested concurrently, by index, and only when needed', async (t) => {
  const asked: number[] = [];
  let waiting = 0;
  let most = 0;
  const get = async (index: number) => {
    asked.push(index);
    most = Math.max(most, ++waiting);
    await new Promise((resolve) => setTimeout(resolve, 1));
    --waiting;
    return {xs: index, ys: index};
  };
  const dataset = indexedDataset({length: 10, get}, {batchSize: 5});
  const iterator = await dataset.iterator();
  t.is(asked.length, 0);
  const {value} = await iterator.next();
  t.deepEqual([...value.xs.dataSync()], asked);
  t.is(asked.length, 5);
  t.is(most, 5);
  tf.dispose(value);
});

test.serial('samplers read the labels', async (t) => {
  const labels = [...new Array(99).fill([0]), [0, 1]];
  const data = {length: 100, get: (i: number) => ({xs: i, ys: i}), labels};
  const [{xs}] = await passOf<{xs: number[]}>(
    indexedDataset(data, {batchSize: 100, sampler: classAware, numClasses: 2}),
  );
  t.true(xs.filter((i) => i === 99).length > 30);
  const bare = {length: 100, get: data.get};
  t.throws(() => indexedDataset(bare, {batchSize: 2, sampler: classAware}), {
    message: /`labels` to be given/,
  });
});

test.serial('errors of `get` are passed on unchanged, and nothing is left behind', async (t) => {
  const error = new RangeError('no such file');
  const before = tf.memory().numTensors;
  const get = (i: number) => {
    if (i === 2) throw error;
    return {xs: tf.scalar(i), ys: tf.scalar(i)};
  };
  t.is(await t.throwsAsync(first(get), {instanceOf: RangeError}), error);
  t.is(tf.memory().numTensors, before);
});

for (const [what, get, message] of [
  ['nothing', () => undefined, /`get\(\)` to be a sample \{xs, ys\}/],
  ['no ys', (i: number) => ({xs: tf.scalar(i)}), /`get\(\)` to be a sample \{xs, ys\}/],
  ['lengths that differ', (i: number) => ({xs: new Float32Array(i + 1), ys: i}), /`get\(\)\.xs` to be/],
  [
    'nested lengths that differ',
    (i: number) => ({xs: new Array(i + 1).fill(0), ys: i}),
    /`get\(\)\.xs` to be/,
  ],
  ['shapes that differ', (i: number) => ({xs: tf.zeros([i + 1]), ys: i}), /`get\(\)\.xs` to be/],
  ['kinds that differ', (i: number) => ({xs: i % 2 ? 1 : [1], ys: i}), /`get\(\)\.xs` to be/],
  [
    'types that differ',
    (i: number) => ({xs: i % 2 ? Int32Array.of(1) : Float32Array.of(1), ys: i}),
    /`get\(\)\.xs` to be/,
  ],
  ['names that differ', (i: number) => ({xs: i, ys: i % 2 ? {a: 1} : {b: 1}}), /`get\(\)\.ys` to be/],
  ['strings', () => ({xs: 'a', ys: 1}), /`get\(\)\.xs` to be/],
] as const) {
  test.serial(`refuses samples with ${what}, and leaves nothing behind`, async (t) => {
    const before = tf.memory().numTensors;
    await t.throwsAsync(first(get), {name: 'ValueError', message});
    t.is(tf.memory().numTensors, before);
  });
}

test.serial('refuses data without a length or a function', (t) => {
  const get = (i: number) => ({xs: i, ys: i});
  t.throws(() => indexedDataset({length: 0, get}, {batchSize: 1}), {
    message: /`length` to be an integer ≥ 1/,
  });
  t.throws(() => indexedDataset({length: 1} as never, {batchSize: 1}), {message: /`get` to be a function/});
  t.throws(() => indexedDataset({length: 1, get, size: 1} as never, {batchSize: 1}), {
    message: /known names/,
  });
});
