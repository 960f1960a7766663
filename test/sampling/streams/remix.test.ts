import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency} from '../../../src/frequency';
import {type RemixOptions, remix} from '../../../src/sampling';
import {passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

type Mixed = {xs: number[][]; ys: number[][]};

// 60, 30, 10 images of three classes and 20 without one: n_0 / n_2 = 6, n_0 / n_1 = 2, n_1 / n_2 = 3 = κ.
const freqInfo = new ClassFrequency({imageCounts: [60, 30, 10], numImages: 120});
const COUNTS = [60, 30, 10, 20];
const CLASSES = [0, 1, 2, 3, 0, 2];
const batches = (repeats = 60) =>
  tf.data.generator(function* () {
    for (let k = 0; k < repeats; ++k) yield {xs: tf.eye(CLASSES.length), ys: tf.tensor1d(CLASSES, 'int32')};
  } as never) as unknown as tf.data.Dataset<{xs: tf.Tensor; ys: tf.Tensor}>;

/** λ_y as Chou et al. define it (eq. 6), and the labels that it gives. */
function paperLabels(xs: number[][], {kappa = 3, tau = 0.5}: Partial<RemixOptions>) {
  return xs.map((row, i) => {
    const k = row.findIndex((value, column) => column !== i && value > 0);
    const share = row[i];
    if (k === -1) return {kind: 'same', label: hot(CLASSES[i])};
    const ratio = COUNTS[CLASSES[i]] / COUNTS[CLASSES[k]];
    const [kind, ofLabel] =
      ratio >= kappa && share < tau
        ? ['zero', 0]
        : ratio <= 1 / kappa && 1 - share < tau
          ? ['one', 1]
          : ['mixed', share];
    const label = hot(CLASSES[i]).map((y, j) => ofLabel * y + (1 - ofLabel) * hot(CLASSES[k])[j]);
    return {kind, label};
  });
}

const hot = (label: number) => [0, 1, 2].map((j) => Number(j === label));

for (const options of [{}, {kappa: 2, tau: 0.8}, {kappa: 1, tau: 1}, {kappa: 10}, {tau: 0}]) {
  test(`labels favor less frequent classes as in the paper, ${JSON.stringify(options)}`, async (t) => {
    const mixed = await passOf<Mixed>(remix(batches(), {freqInfo, ...options}));
    const kinds = new Set<unknown>();
    for (const {xs, ys} of mixed) {
      paperLabels(xs, options).forEach(({kind, label}, i) => {
        kinds.add(kind);
        label.forEach((value, j) => void t.true(Math.abs(value - ys[i][j]) < 1e-6, `${kind} ${ys[i]}`));
      });
    }
    const extremes =
      'kappa' in options && options.kappa === 10 ? false : !('tau' in options && options.tau === 0);
    t.is(kinds.has('zero'), extremes);
    t.is(kinds.has('one'), extremes);
  });
}

test('a ratio of exactly κ counts, even for rounded frequencies', async (t) => {
  const pair = () =>
    tf.data.generator(function* () {
      for (let k = 0; k < 50; ++k) yield {xs: tf.eye(2), ys: tf.tensor1d([0, 1], 'int32')};
    } as never) as unknown as tf.data.Dataset<{xs: tf.Tensor; ys: tf.Tensor}>;
  const mixed = await passOf<Mixed>(remix(pair(), {freqInfo: [0.3, 0.1], kappa: 3, tau: 1}));
  const differing = mixed.filter(({xs}) => xs[0][1] > 0);
  t.true(differing.length > 10);
  for (const {ys} of differing)
    t.deepEqual(ys, [
      [0, 1],
      [0, 1],
    ]);
});

test('one-hot rows, with and without a background column', async (t) => {
  const rows = (width: number) => () =>
    tf.data.generator(function* () {
      yield {
        xs: tf.eye(6),
        ys: tf.tensor2d(CLASSES.map((c) => Array.from({length: width}, (_, j) => Number(j === c)))),
      };
    } as never) as unknown as tf.data.Dataset<{xs: tf.Tensor; ys: tf.Tensor}>;
  const ofIntegers = await passOf<Mixed>(remix(batches(1), {freqInfo}));
  t.deepEqual(await passOf<Mixed>(remix(rows(3)(), {freqInfo})), ofIntegers);
  const [{ys}] = await passOf<Mixed>(remix(rows(4)(), {freqInfo}));
  t.deepEqual(
    ys.map((row) => row.slice(0, 3)),
    ofIntegers[0].ys,
  );
  t.true(ys.every((row) => Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-6));
});

test('classes without images are the rarest', async (t) => {
  const pair = tf.data.generator(function* () {
    for (let k = 0; k < 20; ++k) yield {xs: tf.eye(2), ys: tf.tensor1d([0, 1], 'int32')};
  } as never) as unknown as tf.data.Dataset<{xs: tf.Tensor; ys: tf.Tensor}>;
  const mixed = await passOf<Mixed>(remix(pair, {freqInfo: [0.5, 0], tau: 1}));
  for (const {xs, ys} of mixed)
    if (xs[0][1] > 0)
      t.deepEqual(ys, [
        [0, 1],
        [0, 1],
      ]);
});

test.serial('no tensors are left', async (t) => {
  const before = tf.memory().numTensors;
  await passOf(remix(batches(3), {freqInfo}));
  t.is(tf.memory().numTensors, before);
});

for (const [what, ys, message] of [
  [
    'soft labels',
    () =>
      tf.tensor2d([
        [0.5, 0.5, 0],
        [1, 0, 0],
      ]),
    /soft labels cannot be counted/,
  ],
  [
    'images of several classes',
    () =>
      tf.tensor2d([
        [1, 1, 0],
        [1, 0, 0],
      ]),
    /`ys` to be those of images with one class/,
  ],
  ['integers out of range', () => tf.tensor1d([0, 4]), /integers from 0 to 2/],
  ['several outputs', () => [tf.tensor1d([0, 1]), tf.tensor1d([0, 1])], /`ys` to be one tensor/],
  ['single images', () => tf.scalar(0), /call remix after `batch`/],
] as const) {
  test.serial(`refuses ${what}, and leaves nothing behind`, async (t) => {
    const before = tf.memory().numTensors;
    const source = tf.data.generator(function* () {
      yield {xs: tf.eye(2), ys: ys()};
    } as never);
    const iterator = await remix(source, {freqInfo}).iterator();
    await t.throwsAsync(async () => iterator.next(), {name: 'ValueError', message});
    t.is(tf.memory().numTensors, before);
  });
}

test('refuses options of other names and values', (t) => {
  const refused = (options: object, message: RegExp) =>
    t.throws(() => remix(batches(), options as never), {name: 'ValueError', message});
  refused({}, /`freqInfo`/);
  refused({freqInfo: [0.9, 0.9]}, /`freqInfo` to be of images that hold one class/);
  refused({freqInfo, alpha: -1}, /`alpha`/);
  refused({freqInfo, kappa: 0.5}, /`kappa` to be a finite number ≥ 1/);
  refused({freqInfo, tau: 2}, /`tau` to be a number in 0 … 1/);
  refused({freqInfo, lambda: 2}, /known names/);
});
