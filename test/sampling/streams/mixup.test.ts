import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {mixup} from '../../../src/sampling';
import {chiSquareP} from '../../helpers/chi_square';
import {passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

type Mixed = {xs: number[][]; ys: number[][]};

/** Rows whose inputs say which they are: xs = one-hot of the row, ys = its class. */
const ROWS = 8;
const CLASSES = [0, 0, 1, 2, 2, 1, 3, 0];
const batches = (ys: (rows: number[]) => tf.Tensor, repeats = 1) =>
  tf.data.generator(function* () {
    for (let k = 0; k < repeats; ++k) yield {xs: tf.eye(ROWS), ys: ys(CLASSES)};
  } as never) as unknown as tf.data.Dataset<{xs: tf.Tensor; ys: tf.Tensor}>;
const integers = (rows: number[]) => tf.tensor1d(rows, 'int32');
const oneHot = (rows: number[]) => tf.cast(tf.oneHot(tf.tensor1d(rows, 'int32'), 4), 'float32');

/** λ · y_i + (1 − λ) · y_k, read off xs, which hold λ and 1 − λ in the columns i and k. */
function expectedLabels(xs: number[][], classes = CLASSES, width = 3): number[][] {
  return xs.map((row) =>
    Array.from({length: width}, (_, j) =>
      row.reduce((sum, share, i) => (classes[i] === j ? sum + share : sum), 0),
    ),
  );
}

function near(t: {true(ok: boolean, message?: string): void}, actual: number[][], expected: number[][]) {
  const gap = Math.max(
    ...actual.flatMap((row, i) => row.map((value, j) => Math.abs(value - expected[i][j]))),
  );
  t.true(
    actual.length === expected.length && actual[0].length === expected[0].length && gap < 1e-6,
    String(gap),
  );
}

test('inputs and labels are mixed alike, with one λ for the batch', async (t) => {
  const [{xs, ys}] = await passOf<Mixed>(mixup(batches(integers), {numClasses: 3, seed: 3}));
  const shares = xs.map((row, i) => row[i]);
  const share = shares.find((value) => value < 1) as number;
  t.true(
    shares.every((value) => value === 1 || Math.abs(value - share) < 1e-6),
    String(shares),
  );
  t.true(xs.every((row) => Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-6));
  t.is(
    new Set(xs.map((row) => row.findIndex((value, k) => value > 0 && k !== xs.indexOf(row)))).size > 3,
    true,
  );
  // Class 3 is background: its share is what the row lacks to 1.
  near(t, ys, expectedLabels(xs));
});

test('one-hot and soft rows are mixed as they are', async (t) => {
  const [{xs, ys}] = await passOf<Mixed>(mixup(batches(oneHot)));
  near(t, ys, expectedLabels(xs, CLASSES, 4));
  const half = (rows: number[]) => tf.tidy(() => tf.mul(oneHot(rows), 0.5));
  const [soft] = await passOf<Mixed>(mixup(batches(half)));
  near(
    t,
    soft.ys,
    expectedLabels(soft.xs, CLASSES, 4).map((row) => row.map((value) => value / 2)),
  );
});

test('labels [b] and [b, 1] of one logit keep their shape', async (t) => {
  const binary = (shape: number[]) => (rows: number[]) =>
    tf.tensor(
      rows.map((j) => Number(j === 1)),
      shape,
    );
  const [{xs, ys}] = await passOf<{xs: number[][]; ys: number[]}>(
    mixup(batches(binary([ROWS])), {numClasses: 1}),
  );
  near(
    t,
    ys.map((y) => [y]),
    expectedLabels(
      xs,
      CLASSES.map((j) => (j === 1 ? 0 : 1)),
      1,
    ),
  );
  const [column] = await passOf<Mixed>(mixup(batches(binary([ROWS, 1])), {numClasses: 1}));
  t.deepEqual(
    column.ys,
    ys.map((y) => [y]),
  );
});

test('λ is distributed as Beta(α, α)', async (t) => {
  const mixed = await passOf<Mixed>(mixup(batches(integers, 2000), {alpha: 2, numClasses: 3}));
  const shares = mixed.flatMap(({xs}) =>
    xs
      .map((row, i) => row[i])
      .filter((value) => value < 1)
      .slice(0, 1),
  );
  const bins = new Array<number>(10).fill(0);
  for (const share of shares) ++bins[Math.floor(10 * share)];
  const cdf = (x: number) => 3 * x ** 2 - 2 * x ** 3;
  t.true(
    chiSquareP(
      bins,
      bins.map((_, k) => cdf((k + 1) / 10) - cdf(k / 10)),
    ) > 0.01,
  );
});

test.serial(
  'sources are left alone, their tensors disposed of; several inputs and outputs are mixed alike',
  async (t) => {
    const before = tf.memory().numTensors;
    const source = tf.data.generator(function* () {
      yield {xs: {a: tf.eye(ROWS), b: tf.eye(ROWS)}, ys: [oneHot(CLASSES), integers(CLASSES)]};
    } as never);
    const held = tf.memory().numTensors;
    const [{xs, ys}] = await passOf<{xs: {a: number[][]; b: number[][]}; ys: number[][][]}>(
      mixup(source, {numClasses: 3}) as never,
    );
    t.deepEqual(xs.a, xs.b);
    near(t, ys[0], expectedLabels(xs.a, CLASSES, 4));
    near(t, ys[1], expectedLabels(xs.a));
    // `oneHot` above makes one more than it hands over.
    t.is(tf.memory().numTensors, before + 2);
    t.is(held, before);
  },
);

test('a seed gives one sequence of passes, which differ', async (t) => {
  const passes = async (seed: number) => {
    const mixed = mixup(batches(integers), {numClasses: 3, seed});
    return [await passOf(mixed), await passOf(mixed)];
  };
  const [first, second] = await passes(1);
  t.deepEqual(await passes(1), [first, second]);
  t.notDeepEqual(first, second);
});

test('the size stays', (t) => {
  t.is(
    mixup(
      tf.data
        .array([{xs: [1], ys: 0}])
        .repeat()
        .batch(2),
    ).size,
    Number.POSITIVE_INFINITY,
  );
  t.is(
    mixup(
      tf.data
        .array([
          {xs: [1], ys: 0},
          {xs: [1], ys: 0},
          {xs: [1], ys: 0},
        ])
        .batch(2),
    ).size,
    2,
  );
});

for (const [what, element, options, message] of [
  ['single images', () => ({xs: [1, 2], ys: 0}), {}, /call mixup after `batch`/],
  [
    'single images as tensors',
    () => ({xs: tf.zeros([4, 4]), ys: tf.scalar(1)}),
    {},
    /call mixup after `batch`/,
  ],
  [
    'rows that differ in number',
    () => ({xs: tf.zeros([4, 4]), ys: tf.zeros([3, 2])}),
    {},
    /call mixup after `batch`/,
  ],
  [
    'integers without numClasses',
    () => ({xs: tf.zeros([2, 4]), ys: tf.tensor1d([0, 1])}),
    {},
    /`numClasses` to be given/,
  ],
  [
    'integers out of range',
    () => ({xs: tf.zeros([2, 4]), ys: tf.tensor1d([0, 4])}),
    {numClasses: 3},
    /`ys` to be integers from 0 to 2/,
  ],
  [
    'labels that are NaN',
    () => ({xs: tf.zeros([2, 4]), ys: tf.tensor1d([0, Number.NaN])}),
    {numClasses: 3},
    /`ys` to be integers/,
  ],
] as const) {
  test.serial(`refuses ${what}, and leaves nothing behind`, async (t) => {
    const before = tf.memory().numTensors;
    const source = tf.data.generator(function* () {
      yield element();
    } as never);
    const iterator = await mixup(source, options).iterator();
    await t.throwsAsync(async () => iterator.next(), {name: 'ValueError', message});
    t.is(tf.memory().numTensors, before);
  });
}

test('refuses options of other names and values', (t) => {
  const refused = (options: object, message: RegExp) =>
    t.throws(() => mixup(batches(integers), options as never), {name: 'ValueError', message});
  refused({alpha: 0}, /`alpha` to be a finite number > 0/);
  refused({alpha: Number.NaN}, /`alpha`/);
  refused({numClasses: 0}, /`numClasses`/);
  refused({beta: 1}, /known names/);
  t.throws(() => mixup([] as never), {message: /`dataset` to be a tf\.data\.Dataset/});
});
