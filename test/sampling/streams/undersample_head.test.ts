import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {undersampleHead} from '../../../src/sampling';
import {chiSquareP, countsOf} from '../../helpers/chi_square';
import {labelsOf, passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

const COUNTS = [600, 300, 50];
const LABELS = [...labelsOf(COUNTS), ...new Array<number>(50).fill(3)];
const freqInfo = COUNTS.map((count) => count / 1000);
const images = (labels: readonly unknown[] = LABELS) =>
  tf.data.array(labels.map((ys, xs) => ({xs, ys})) as tf.TensorContainer[]);

test('classes above the frequency are reduced to it, the others and background stay whole', async (t) => {
  const thinned = undersampleHead(images(), {freqInfo, maxFrequency: 0.1, seed: 4});
  const counts = [0, 0, 0, 0];
  for (let pass = 0; pass < 20; ++pass) {
    const kept = countsOf(
      (await passOf<{ys: number}>(thinned)).map(({ys}) => ys),
      4,
    );
    t.deepEqual(kept.slice(2), [50, 50]);
    kept.forEach((count, j) => {
      counts[j] += count;
    });
  }
  for (const j of [0, 1]) {
    const keep = 0.1 / freqInfo[j];
    t.true(
      chiSquareP([counts[j], 20 * COUNTS[j] - counts[j]], [keep, 1 - keep]) > 0.01,
      `class ${j}: ${counts[j]}`,
    );
  }
});

test('the rarest class of an image saves it', async (t) => {
  const labels = new Array(200).fill([0, 2]);
  const thinned = undersampleHead(images(labels), {freqInfo, maxFrequency: 0.05, labels: 'list'});
  t.is((await passOf(thinned)).length, 200);
});

test('background can be thinned out too', async (t) => {
  const labels = new Array(1000).fill(3);
  const thinned = undersampleHead(images(labels), {freqInfo, maxFrequency: 1, keepBackground: 0.3});
  const {length} = await passOf(thinned);
  t.true(chiSquareP([length, 1000 - length], [0.3, 0.7]) > 0.01, String(length));
  const none = undersampleHead(images(labels), {freqInfo, maxFrequency: 1, keepBackground: 0});
  t.is((await passOf(none)).length, 0);
});

test('the same seed drops the same images, pass by pass, but other views of that seed do not', async (t) => {
  const passes = async (seed?: number) => {
    const thinned = undersampleHead(images(), {freqInfo, maxFrequency: 0.1, seed});
    return [await passOf(thinned), await passOf(thinned)];
  };
  const [first, second] = await passes(9);
  t.deepEqual(await passes(9), [first, second]);
  t.notDeepEqual(first, second);
});

test.serial('dropped tensors are disposed of', async (t) => {
  const before = tf.memory().numTensors;
  const source = tf.data.generator(function* () {
    for (const label of LABELS)
      yield {xs: {a: tf.tensor1d([label]), b: [tf.scalar(1)]}, ys: tf.scalar(label)};
  } as never);
  await passOf(undersampleHead(source, {freqInfo, maxFrequency: 0.01}));
  t.is(tf.memory().numTensors, before);
});

test('refuses options of other names and values', async (t) => {
  const refused = (options: object, message: RegExp) =>
    t.throws(() => undersampleHead(images(), options as never), {name: 'ValueError', message});
  refused({freqInfo}, /`maxFrequency` to be a frequency above 0/);
  refused({freqInfo, maxFrequency: 0}, /`maxFrequency`/);
  refused({freqInfo, maxFrequency: Number.NaN}, /`maxFrequency`/);
  refused({maxFrequency: 0.1}, /`freqInfo`/);
  refused({freqInfo, maxFrequency: 0.1, keepBackground: 1.5}, /`keepBackground`/);
  refused({freqInfo, maxFrequency: 0.1, seed: 'a'}, /`seed`/);
  refused({freqInfo, maxFrequency: 0.1, threshold: 1}, /known names/);
  const iterator = await undersampleHead(images().batch(4), {freqInfo, maxFrequency: 0.1}).iterator();
  await t.throwsAsync(async () => iterator.next(), {message: /one of single images/});
});
