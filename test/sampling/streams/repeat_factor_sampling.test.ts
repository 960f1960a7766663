import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency} from '../../../src/frequency';
import {repeatFactorSampling} from '../../../src/sampling';
import {chiSquareP, countsOf} from '../../helpers/chi_square';
import {labelsOf, passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

const COUNTS = [60, 25, 14, 1];
const LABELS = labelsOf(COUNTS);
const freqInfo = new ClassFrequency({imageCounts: COUNTS, numImages: 100});
// max(1, √(0.3 / f)), by hand.
const FACTORS = [1, Math.sqrt(0.3 / 0.25), Math.sqrt(0.3 / 0.14), Math.sqrt(0.3 / 0.01)];

const images = () => tf.data.array(LABELS.map((ys, xs) => ({xs, ys})));
const tensors = () =>
  tf.data.generator(function* () {
    for (const [i, label] of LABELS.entries()) yield {xs: tf.tensor1d([i, i]), ys: tf.scalar(label, 'int32')};
  } as never);

test('each image comes ⌊r⌋ or ⌈r⌉ times, r on average, in the order of the source', async (t) => {
  const repeated = repeatFactorSampling(images(), freqInfo, {threshold: 0.3, seed: 5});
  const passes = 100;
  const ups = [0, 0, 0, 0];
  for (let pass = 0; pass < passes; ++pass) {
    const order = (await passOf<{xs: number}>(repeated)).map(({xs}) => xs);
    t.deepEqual(
      order,
      order.slice().sort((a, b) => a - b),
    );
    countsOf(order, 100).forEach((count, i) => {
      const floor = Math.floor(FACTORS[LABELS[i]]);
      t.true(count === floor || count === floor + 1);
      ups[LABELS[i]] += count - floor;
    });
  }
  t.is(ups[0], 0);
  for (const j of [1, 2, 3]) {
    const p = FACTORS[j] % 1;
    t.true(chiSquareP([ups[j], passes * COUNTS[j] - ups[j]], [p, 1 - p]) > 0.01, `class ${j}`);
  }
});

test('a seed gives one sequence of passes, which differ', async (t) => {
  const passes = async (seed?: number) => {
    const repeated = repeatFactorSampling(images(), freqInfo, {threshold: 0.3, seed});
    await repeated.iterator();
    return [await passOf(repeated), await passOf(repeated)];
  };
  const [first, second] = await passes(1);
  t.deepEqual(await passes(1), [first, second]);
  t.notDeepEqual(first, second);
  t.notDeepEqual((await passes(2))[0], first);
});

test('the rarest class of a list counts, and background stays as it is', async (t) => {
  const dataset = tf.data.array([
    {xs: 0, ys: [0]},
    {xs: 1, ys: [0, 1]},
    {xs: 2, ys: []},
  ]);
  const repeated = repeatFactorSampling(dataset as never, [0.75, 0.25], {threshold: 1, labels: 'list'});
  const order = (await passOf<{xs: number}>(repeated)).map(({xs}) => xs);
  t.deepEqual(
    order.filter((i) => i > 0),
    [1, 1, 2],
  );
});

test('one-hot rows and labels elsewhere in the element are read too', async (t) => {
  const hot = tf.data.array([
    {xs: [0, 0, 0], ys: Float32Array.of(1, 0)},
    {xs: [1, 1, 1], ys: Float32Array.of(0, 1)},
  ]);
  const options = {threshold: 1, labels: 'oneHot'} as const;
  t.is((await passOf(repeatFactorSampling(hot as never, [1, 0.25], options))).length, 3);
  const elsewhere = tf.data.array([{image: 'a', tag: 1}]);
  const label = ({tag}: {tag: number}) => tag;
  t.is((await passOf(repeatFactorSampling(elsewhere, [1, 0.25], {threshold: 1, label}))).length, 2);
});

test.serial('copies have their own tensors, and none leaks', async (t) => {
  const before = tf.memory().numTensors;
  const repeated = repeatFactorSampling(tensors(), freqInfo, {threshold: 0.3});
  const elements = await passOf<{xs: number[]; ys: number}>(repeated);
  t.true(elements.filter(({ys}) => ys === 3).length >= 5);
  t.true(elements.every(({xs, ys}) => LABELS[xs[0]] === ys));
  t.is(tf.memory().numTensors, before);
  const batches = await passOf<{xs: number[][]}>(repeated.shuffle(50).batch(8));
  t.true(batches.flatMap(({xs}) => xs).length > 100);
  t.is(tf.memory().numTensors, before);
});

test('prefetching requests many at once and gets each once', async (t) => {
  const order = async (dataset: tf.data.Dataset<tf.TensorContainer>) =>
    (await passOf<{xs: number}>(dataset)).map(({xs}) => xs);
  const repeated = () => repeatFactorSampling(images(), freqInfo, {threshold: 0.3});
  t.deepEqual(await order(repeated().prefetch(16)), await order(repeated()));
});

test('the length is unknown, but stays endless', (t) => {
  t.is(repeatFactorSampling(images(), freqInfo, {threshold: 0.3}).size, null as never);
  t.is(repeatFactorSampling(images().repeat(), freqInfo, {threshold: 0.3}).size, Number.POSITIVE_INFINITY);
});

test.serial('an error of the source is passed on unchanged', async (t) => {
  const error = new RangeError('disk');
  const source = tf.data.generator(function* () {
    yield {xs: 0, ys: 0};
    throw error;
  } as never);
  const iterator = await repeatFactorSampling(source, freqInfo, {threshold: 0.1}).iterator();
  await iterator.next();
  const thrown = await t.throwsAsync(async () => iterator.next());
  const plain = await source.iterator();
  await plain.next();
  t.deepEqual(thrown, await t.throwsAsync(async () => plain.next()));
});

for (const [what, source, options, message] of [
  ['batches of tf.data', () => tensors().batch(4), {}, /`dataset` to be one of single images/],
  [
    'batches made by hand',
    () =>
      tf.data.generator(function* () {
        yield {xs: tf.zeros([4, 2]), ys: tf.tensor1d([3, 0, 2, 1])};
      } as never),
    {},
    /`dataset` to be one of single images/,
  ],
  [
    'classes that freqInfo has not seen',
    () => tf.data.array([{xs: 0, ys: 4}]),
    {freq: [0.5, 0.2, 0.1, 0.1, 0]},
    /`freqInfo` to be one with images/,
  ],
  [
    'labels out of range',
    () => tf.data.array([{xs: tf.zeros([2]), ys: 7}]),
    {},
    /integers from 0 to 3, or 4 for background/,
  ],
  ['no labels', () => tf.data.array([{xs: tf.zeros([2])}]), {}, /one of \{xs, ys\} elements/],
] as const) {
  test.serial(`refuses ${what}, and leaves nothing behind`, async (t) => {
    const {freq = freqInfo} = options as {freq?: number[]};
    const dataset = source() as tf.data.Dataset<tf.TensorContainer>;
    const iterator = await repeatFactorSampling(dataset, freq, {threshold: 0.3}).iterator();
    await t.throwsAsync(async () => iterator.next(), {name: 'ValueError', message});
  });
}

test.serial('refused elements are disposed of', async (t) => {
  const before = tf.memory().numTensors;
  const source = tf.data.generator(function* () {
    yield {xs: tf.zeros([4]), ys: tf.scalar(9)};
  } as never);
  const iterator = await repeatFactorSampling(source, freqInfo, {threshold: 0.3}).iterator();
  await t.throwsAsync(async () => iterator.next(), {message: /integers from 0/});
  t.is(tf.memory().numTensors, before);
});

test('refuses options of other names and values', (t) => {
  const refused = (options: object, message: RegExp, dataset: unknown = images(), freq: unknown = freqInfo) =>
    t.throws(() => repeatFactorSampling(dataset as never, freq as never, options as never), {
      name: 'ValueError',
      message,
    });
  refused({}, /`threshold` to be a frequency/);
  refused({threshold: 0}, /`threshold`/);
  refused({threshold: 0.1, seed: 0.1}, /`seed`/);
  refused({threshold: 0.1, labels: 'hot'}, /`labels` to be 'integer'/);
  refused({threshold: 0.1, label: 'ys'}, /`label` to be a function/);
  refused({threshold: 0.1, batched: true}, /known names/);
  refused({threshold: 0.1}, /`dataset` to be a tf\.data\.Dataset/, [1, 2]);
  refused({threshold: 0.1}, /`freqInfo`/, images(), 'many');
  refused({threshold: 0.1}, /freqInfo\[1\]/, images(), [0.1, Number.NaN]);
});
