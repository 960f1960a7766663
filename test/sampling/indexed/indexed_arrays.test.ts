import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {classAware, indexedArrays} from '../../../src/sampling';
import {passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

const pixels = Float32Array.from({length: 6 * 40}, (_, i) => i);

/** One batch of all samples, with their indices. */
async function all(data: Parameters<typeof indexedArrays>[0], options = {}) {
  const iterator = await indexedArrays(data, {batchSize: 1000, ...options}).iterator();
  return (await iterator.next()).value;
}

test('batches hold the same samples as a gather', async (t) => {
  const images = tf.tensor(pixels, [6, 8, 5]);
  const index = tf.range(0, 6);
  for (const xs of [images, {data: pixels, shape: [6, 8, 5]}]) {
    const batch = await all({xs, ys: index});
    const expected = tf.gather(images, tf.cast(batch.ys, 'int32'));
    t.deepEqual(batch.xs.shape, [6, 8, 5]);
    t.deepEqual(batch.xs.dataSync(), expected.dataSync());
    t.notDeepEqual(batch.ys.dataSync(), index.dataSync());
  }
});

test('int32 stays int32, everything else is float32', async (t) => {
  for (const [array, dtype] of [
    [Int32Array.of(1, 2), 'int32'],
    [Float64Array.of(1, 2), 'float32'],
    [Uint8Array.of(1, 2), 'float32'],
    [[1, 2], 'float32'],
    [tf.tensor1d([1, 2], 'int32'), 'int32'],
    [tf.tensor1d([true, true]), 'float32'],
  ] as const) {
    const {xs, ys} = await all({xs: array, ys: array});
    t.deepEqual([xs.dtype, ys.dtype], [dtype, dtype]);
  }
});

test('several inputs and outputs go by name', async (t) => {
  const {xs, ys} = await all({
    xs: {image: {data: pixels, shape: [6, 40]}, size: [0, 1, 2, 3, 4, 5]},
    ys: {a: [0, 1, 2, 3, 4, 5], b: Int32Array.of(0, 2, 4, 6, 8, 10)},
    labels: [0, 0, 0, 1, 1, 1],
  });
  t.deepEqual(xs.image.shape, [6, 40]);
  const places = [...xs.size.dataSync()];
  t.deepEqual([...ys.a.dataSync()], places);
  t.deepEqual(
    [...ys.b.dataSync()],
    places.map((i) => 2 * i),
  );
  t.deepEqual(
    [...xs.image.dataSync()].filter((_, i) => i % 40 === 0),
    places.map((i) => 40 * i),
  );
});

test('a transform works in place on a copy, and gets its context', async (t) => {
  const data = {xs: {data: pixels.slice(), shape: [6, 40]}, ys: [0, 1, 2, 3, 4, 5]};
  const dataset = indexedArrays(data, {
    batchSize: 4,
    transform: ({xs, ys}, {index, epoch}) => {
      t.is(ys[0], index);
      t.is(xs.length, 40);
      t.is(epoch, 0);
      xs.fill(-index);
    },
  });
  const batches = await passOf<{xs: number[][]; ys: number[]}>(dataset);
  t.deepEqual(
    batches.flatMap(({xs}) => xs.map(([first]) => -first)),
    batches.flatMap(({ys}) => ys),
  );
  t.deepEqual(data.xs.data, pixels);
});

test('an image shown twice in an epoch is augmented in two ways', async (t) => {
  const dataset = indexedArrays(
    {xs: new Float32Array(50), ys: [...new Array(49).fill(0), 1]},
    {
      batchSize: 20,
      sampler: classAware,
      transform: ({xs}, {random}) => {
        xs[0] = random.next();
      },
    },
  );
  const epochs = [await passOf<{xs: number[]}>(dataset), await passOf<{xs: number[]}>(dataset)].flat();
  t.is(new Set(epochs.flatMap(({xs}) => xs)).size, 100);
});

test('labels can be given separately if ys are not labels', async (t) => {
  const data = {xs: new Float32Array(10), ys: Float32Array.from({length: 10}, (_, i) => i / 10)};
  t.throws(() => indexedArrays(data, {batchSize: 2, sampler: classAware}), {message: /`labels`/});
  const labels = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const {ys} = await all({...data, ys: labels.map((_, i) => i), labels}, {sampler: classAware});
  t.true([...ys.dataSync()].filter((i) => i === 0).length > 1);
});

const six = [0, 1, 2, 3, 4, 5];
for (const [what, data, options, message] of [
  ['arrays of different lengths', {xs: six, ys: [0]}, {}, /`ys` to be of 6 samples, as xs/],
  ['inputs of different lengths', {xs: {a: six, b: [0]}, ys: six}, {}, /`xs` to be arrays of one length/],
  ['no samples', {xs: [], ys: []}, {}, /`xs` to be an array with at least one value/],
  ['no inputs', {xs: {}, ys: six}, {}, /`xs` to be an array, or arrays by name/],
  ['a shape that does not fit', {xs: {data: pixels, shape: [6, 41]}, ys: six}, {}, /`xs\.shape` to be/],
  ['a scalar', {xs: tf.scalar(1), ys: six}, {}, /`xs` to be a tensor \[n, …\]/],
  ['names', {xs: six, ys: ['a', 'b', 'a', 'a', 'b', 'a']}, {}, /`ys` to be .*\(labelsToIndices/],
  ['a tensor of names', {xs: [0], ys: tf.tensor1d(['a'])}, {}, /`ys` to be .*\(labelsToIndices/],
  ['nothing', {ys: six}, {}, /`xs` to be a tensor/],
  ['a misspelled option', {xs: six, ys: six}, {batchsize: 3}, /did you mean "batchSize"/],
  ['a misspelled array', {xs: six, ys: six, label: six}, {}, /did you mean "labels"/],
  ['a transform that is none', {xs: six, ys: six}, {transform: 1}, /`transform` to be a function/],
] as const) {
  test(`refuses ${what}`, (t) => {
    t.throws(() => indexedArrays(data as never, {batchSize: 2, ...options} as never), {
      name: 'ValueError',
      message,
    });
  });
}

test('refuses a transform that returns something, as it would be lost', async (t) => {
  const transform = (() => [1]) as never;
  await t.throwsAsync(all({xs: six, ys: six}, {transform}), {message: /`transform\(\)` to be undefined/});
});
