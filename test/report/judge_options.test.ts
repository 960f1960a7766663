import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency} from '../../src';
import {
  calibration,
  chooseThresholds,
  classificationReport,
  type Predictor,
  precisionRecall,
} from '../../src/report/on_node';
import {useBackend} from '../helpers/backends';
import {twoHeads} from '../helpers/models';

const judges = {calibration, chooseThresholds, classificationReport, precisionRecall};
const echo = {predict: (xs: tf.Tensor) => tf.clone(xs)};
const names = ['cat', 'owl', 'yak'];

test.before(() => useBackend('cpu'));

function data() {
  const xs = tf.tensor2d([
    [3, 1, 0],
    [0, 2, 1],
    [1, 0, 2],
    [2, 1, 0],
  ]);
  return {xs, ys: tf.tensor1d([0, 1, 2, 1], 'int32')};
}

type Batch = ReturnType<typeof data>;

// A dataset's batches are disposed.
const copy = ({xs, ys}: Batch): Batch => ({xs: xs.clone(), ys: ys.clone()});

function batchesOf(batches: Batch[]) {
  const iterator = async () => {
    const rest = batches.values();
    return {next: async () => rest.next() as IteratorResult<Batch>};
  };
  return {iterator};
}

for (const [name, judge] of Object.entries(judges)) {
  // Each takes its own options, some of which are not shared by all.
  const judged = (options: object, of: object = data(), model: Predictor = echo) =>
    judge(model, of as Batch, options);

  test.serial(`${name} refuses wrong options, naming them, before a model predicts`, async (t) => {
    const silent = {predict: () => t.fail('predicts')};
    const refused: [options: object, message: RegExp][] = [
      [{fromLogits: 'x'}, /`fromLogits` to be true or false\. Received: "x"/],
      [{fromLogits: null}, /`fromLogits`/],
      [{ignoreLabel: 'x'}, /`ignoreLabel` to be an integer/],
      [{ignoreLabel: 0.5}, /`ignoreLabel`/],
      [{output: -1}, /`output` to be an integer ≥ 0\. Received: -1/],
      [{output: 'a'}, /`output`/],
      [{classNames: ['a', 'a', 'b']}, /`classNames` to be an array of strings without repetition/],
      [{classNames: 'abc'}, /`classNames`/],
      [{clasNames: names}, /did you mean "classNames"/],
    ];
    for (const [options, message] of refused) {
      await t.throwsAsync(judged(options, data(), silent), {name: 'ValueError', message});
    }
  });

  test.serial(`${name} refuses a missing output`, async (t) => {
    for (const output of [1, 3]) {
      const message = /`output` to be 0, as the model has one output\. Received: \d/;
      await t.throwsAsync(judged({output}), {name: 'ValueError', message});
    }
    const model = twoHeads();
    const of = {xs: tf.ones([2, 4]), ys: tf.tensor1d([0, 1], 'int32')};
    await t.notThrowsAsync(judged({output: 1}, of, model));
    await t.throwsAsync(judged({output: 2}, of, model), {
      message: /`models` to be tensors, one for output 2/,
    });
  });

  test.serial(`${name} requires as many names as there are classes`, async (t) => {
    await t.notThrowsAsync(judged({classNames: names}));
    for (const classNames of [names.slice(0, 2), [...names, 'emu']]) {
      await t.throwsAsync(judged({classNames}), {message: /`classNames` to be 3 names, one for each class/});
    }
    const binary = {xs: tf.tensor2d([[1], [-1]]), ys: tf.tensor1d([1, 0])};
    await t.notThrowsAsync(judged({classNames: ['fine', 'fraud']}, binary));
    await t.throwsAsync(judged({classNames: ['fraud']}, binary), {
      message: /`classNames` to be 2 names, of negatives and positives/,
    });
  });

  test.serial(`${name} refuses invalid labels and NaN scores, and leaves no tensor`, async (t) => {
    const {xs, ys} = data();
    const labels = (values: number[]) => ({xs, ys: tf.tensor1d(values)});
    const scores = tf.tensor2d([[Number.NaN, 0, 0], ...[0, 1, 2].map(() => [1, 2, 3])]);
    const wrong: [data: object, message: RegExp][] = [
      [labels([0, 1, 9, 1]), /`yTrue` to hold integers in 0 … 3 \(3 = background\)\. Received: 9 in row 2/],
      [labels([0, Number.NaN, 1, 1]), /`yTrue` to hold integers.*Received: NaN in row 1/],
      [{xs, ys: tf.fill([4, 3], Number.NaN)}, /`yTrue` to hold values in 0 … 1\. Received: NaN in row 0/],
      [{xs: scores, ys}, /`yPred` to hold numbers\. Received: NaN in row 0/],
    ];
    const before = tf.memory().numTensors;
    for (const [of, message] of wrong) {
      await t.throwsAsync(judged({}, of), {name: 'ValueError', message});
      // After a valid batch.
      await t.throwsAsync(judged({}, batchesOf([data(), copy(of as Batch)])), {message});
    }
    t.is(tf.memory().numTensors, before);
    // Ignored samples are not checked.
    await t.notThrowsAsync(judged({ignoreLabel: 9}, labels([0, 1, 9, 1])));
  });
}

test.serial('groups need counts and valid bounds', async (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [150, 60, 2], numImages: 200});
  for (const judge of [classificationReport, precisionRecall]) {
    await t.throwsAsync(judge(echo, data(), {bounds: [{name: 'all'}]}), {
      name: 'ValueError',
      message: /`bounds` to be given with `freqInfo`/,
    });
    await t.throwsAsync(judge(echo, data(), {freqInfo, bounds: []}), {message: /`bounds` to be an array/});
    await t.notThrowsAsync(judge(echo, data(), {freqInfo, bounds: [{name: 'all'}]}));
  }
});

test.serial("label names may end with the background's", async (t) => {
  const {xs} = data();
  const ys = tf.tensor1d(['cat', 'owl', 'sky', 'owl']);
  const ofNames = await calibration(echo, {xs, ys}, {classNames: [...names, 'sky']});
  t.deepEqual(ofNames, await calibration(echo, {xs, ys: tf.tensor1d([0, 1, 3, 1], 'int32')}));
});
