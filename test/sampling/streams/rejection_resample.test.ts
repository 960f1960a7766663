import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency} from '../../../src/frequency';
import {type RejectionResampleOptions, rejectionResample} from '../../../src/sampling';
import {chiSquareP, countsOf} from '../../helpers/chi_square';
import {labelsOf, passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

const COUNTS = [700, 200, 100];
const LABELS = labelsOf(COUNTS);
const images = (labels: readonly unknown[] = LABELS) =>
  tf.data.array(labels.map((ys, i) => ({xs: [i, i, i], ys})) as tf.TensorContainer[]);

async function resampled(
  options: RejectionResampleOptions,
  labels?: readonly unknown[],
  passes = 8,
): Promise<number[]> {
  const dataset = rejectionResample(images(labels), {seed: 2, ...options});
  const all: number[] = [];
  for (let pass = 0; pass < passes; ++pass) {
    all.push(...(await passOf<{ys: number}>(dataset)).map(({ys}) => ys));
  }
  return all;
}

for (const [what, options] of [
  ['`initial`', {initial: [0.7, 0.2, 0.1]}],
  ['`freqInfo`', {freqInfo: new ClassFrequency({imageCounts: COUNTS, numImages: 1000})}],
] as const) {
  test(`classes come in the requested shares, from ${what}`, async (t) => {
    const target = [0.2, 0.3, 0.5];
    const kept = await resampled({target, ...options});
    t.true(chiSquareP(countsOf(kept, 3), target) > 0.01);
    // The class that is shortest of is kept whole.
    t.is(kept.filter((j) => j === 2).length, 8 * 100);
  });
}

test('which images are dropped is random within the class', async (t) => {
  const dataset = rejectionResample(images(), {target: [0, 2 / 3, 1 / 3], initial: [0.7, 0.2, 0.1]});
  const kept = await passOf<{xs: number[]; ys: number}>(dataset);
  t.deepEqual(
    countsOf(
      kept.map(({ys}) => ys),
      3,
    ),
    [0, 200, 100],
  );
  const half = rejectionResample(images(), {
    target: [0.7 / 1.15, 0.2 / 1.15, 0.25 / 1.15],
    initial: [0.7, 0.2, 0.1],
  });
  const first = (await passOf<{xs: number[]}>(half)).map(({xs}) => xs[0]).filter((i) => i < 700);
  // Of 700, 40 % are kept: as many in each quarter.
  const quarters = countsOf(
    first.map((i) => Math.floor(i / 175)),
    4,
  );
  t.true(chiSquareP(quarters, [0.25, 0.25, 0.25, 0.25]) > 0.01);
  t.true(Math.abs(first.length - 280) < 60, String(first.length));
});

test('background has the last share', async (t) => {
  const labels = [...labelsOf([100, 50]), ...new Array<number>(850).fill(2)];
  const target = [0.25, 0.25, 0.5];
  const freqInfo = new ClassFrequency({imageCounts: [100, 50], numImages: 1000});
  t.true(chiSquareP(countsOf(await resampled({target, freqInfo}, labels, 20), 3), target) > 0.01);
  const initial = [0.1, 0.05, 0.85];
  t.true(
    chiSquareP(countsOf(await resampled({target, initial, numClasses: 2}, labels, 20), 3), target) > 0.01,
  );
});

test('one-hot rows and lists of one class are read', async (t) => {
  const hot = LABELS.map((j) => [0, 1, 2].map((k) => Number(k === j)));
  const dataset = rejectionResample(images(hot), {target: [0, 0, 1], initial: [0.7, 0.2, 0.1]});
  t.deepEqual(
    (await passOf<{ys: number[]}>(dataset)).map(({ys}) => ys),
    new Array(100).fill([0, 0, 1]),
  );
  const lists = [[0], [], [1], [0]];
  const background = rejectionResample(images(lists), {
    target: [0, 0, 1],
    initial: [0.5, 0.25, 0.25],
    numClasses: 2,
    labels: 'list',
  });
  t.deepEqual(
    (await passOf<{ys: number[]}>(background)).map(({ys}) => ys),
    [[]],
  );
});

test.serial('dropped tensors are disposed of', async (t) => {
  const before = tf.memory().numTensors;
  const source = tf.data.generator(function* () {
    for (const label of LABELS) yield {xs: tf.tensor1d([label]), ys: tf.scalar(label)};
  } as never);
  const dataset = rejectionResample(source, {target: [0.1, 0.1, 0.8], initial: [0.7, 0.2, 0.1]});
  t.true((await passOf(dataset.batch(16))).length < 20);
  t.is(tf.memory().numTensors, before);
});

for (const [what, options, message] of [
  ['no target', {initial: [1, 0]}, /`target` to be an array of shares/],
  ['neither of initial and freqInfo', {target: [0.5, 0.5]}, /`initial` to be given, or else `freqInfo`/],
  ['both', {target: [1, 0], initial: [1, 0], freqInfo: [1, 0]}, /not both/],
  [
    'shares that sum to another number',
    {target: [0.5, 0.6], initial: [0.5, 0.5]},
    /`target` to be shares that sum to 1/,
  ],
  ['NaN', {target: [0.5, Number.NaN], initial: [0.5, 0.5]}, /`target\[1\]`/],
  ['negative shares', {target: [1.5, -0.5], initial: [0.5, 0.5]}, /`target\[0\]`/],
  [
    'lengths that differ',
    {target: [0.5, 0.5], initial: [0.5, 0.25, 0.25]},
    /`initial` to be of length 2, as target/,
  ],
  [
    'a target that freqInfo does not fit',
    {target: [0.25, 0.25, 0.25, 0.25], freqInfo: [0.5, 0.5]},
    /`target` to be of length 2 or 3/,
  ],
  [
    'a class asked for that there is none of',
    {target: [0.5, 0.5], initial: [1, 0]},
    /`initial\[1\]` to be above 0/,
  ],
  [
    'several classes to an image',
    {target: [0.5, 0.5], freqInfo: [0.9, 0.5]},
    /`freqInfo` to be of images that hold one class/,
  ],
  [
    'another number of classes than freqInfo',
    {target: [0.5, 0.5], freqInfo: [0.5, 0.5], numClasses: 3},
    /`numClasses` to be 2/,
  ],
  ['unknown options', {target: [1, 0], inital: [1, 0]}, /did you mean "initial"/],
] as const) {
  test(`refuses ${what}`, (t) => {
    t.throws(() => rejectionResample(images(), options as never), {name: 'ValueError', message});
  });
}

for (const [what, labels, message] of [
  ['images of several classes', [[1, 1]], /`labels` to be those of images with one class/],
  ['background without a share', [2], /`target` to be of length C \+ 1/],
  ['a class that initial has not', [1], /`initial\[1\]` to be above 0, as the dataset has/],
] as const) {
  test(`the iterator refuses ${what}`, async (t) => {
    const dataset = rejectionResample(images(labels), {target: [1, 0], initial: [1, 0]});
    const iterator = await dataset.iterator();
    await t.throwsAsync(async () => iterator.next(), {name: 'ValueError', message});
  });
}
