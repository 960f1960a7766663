import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {F1} from '../../src/metrics';
import {chooseThresholds, type ThresholdCounts} from '../../src/report/choose_thresholds';
import {useBackend} from '../helpers/backends';
import {multiLabel, tensorsOf} from '../helpers/pass_metrics';

const echo = {predict: (xs: tf.Tensor) => tf.clone(xs)};

test.before(() => useBackend('cpu'));

const AIMS = {
  f1: ({tp, fp, fn}: ThresholdCounts) => (2 * tp) / (2 * tp + fp + fn),
  balancedAccuracy: ({tp, fp, fn, tn}: ThresholdCounts) => (tp / (tp + fn) + tn / (tn + fp)) / 2,
  accuracy: ({tp, fp, fn, tn}: ThresholdCounts) => (tp + tn) / (tp + fp + fn + tn),
};

function countsAt(threshold: number, all: readonly (readonly [number, boolean])[]): ThresholdCounts {
  const count = (above: boolean, held: boolean) =>
    all.filter(([score, is]) => score > threshold === above && is === held).length;
  return {tp: count(true, true), fp: count(true, false), fn: count(false, true), tn: count(false, false)};
}

test.serial('property: matches the best of all thresholds, ties included', async (t) => {
  const sample = fc.tuple(fc.integer({min: -4, max: 4}), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(sample, {minLength: 1, maxLength: 25}), async (all) => {
      const xs = tf.tensor2d(all.map(([score]) => [score / 4]));
      const ys = tf.tensor1d(all.map(([, held]) => Number(held)));
      const scored = all.map(([score, held]) => [score / 4, held] as const);
      const isMixed = new Set(all.map(([, held]) => held)).size === 2;
      for (const maximize of ['f1', 'balancedAccuracy', 'accuracy'] as const) {
        const {thresholds, values, undecided} = await chooseThresholds(echo, {xs, ys}, {maximize});
        t.deepEqual(undecided, isMixed ? [] : [0]);
        if (!isMixed) {
          t.deepEqual([thresholds, values], [[0], [Number.NaN]]);
          continue;
        }
        const everywhere = [-9, ...scored.map(([score]) => score)];
        const best = Math.max(...everywhere.map((at) => AIMS[maximize](countsAt(at, scored))));
        t.is(AIMS[maximize](countsAt(thresholds[0], scored)), best);
        t.is(values[0], best);
      }
    }),
    {numRuns: 40},
  );
});

test.serial('multi-label: each class has its own threshold, and F1 with them is as reported', async (t) => {
  const fixture = multiLabel[1];
  const [ys, xs] = tensorsOf(fixture);
  const before = tf.memory().numTensors;
  const {thresholds, values} = await chooseThresholds(echo, {xs, ys});
  t.is(thresholds.length, fixture.classes);
  const reached = new F1({threshold: thresholds}).update(ys, xs);
  reached.perClass().forEach((value, j) => {
    t.true(Math.abs(value - values[j]) < 1e-6);
  });
  const plain = new F1({threshold: 0})(ys, xs);
  t.true(reached.value() > plain.dataSync()[0]);
  reached.reset();
  plain.dispose();
  t.is(tf.memory().numTensors, before);
});

test.serial('accepts a custom aim, and refuses invalid arguments', async (t) => {
  const data = {xs: tf.tensor2d([[0.9], [0.6], [0.4], [0.1]]), ys: tf.tensor1d([1, 0, 1, 0])};
  const recallFirst = ({tp, fp, fn}: ThresholdCounts) => (5 * tp) / (5 * tp + 4 * fn + fp);
  const {thresholds} = await chooseThresholds(echo, data, {maximize: recallFirst, fromLogits: false});
  t.true(thresholds[0] >= 0.1 && thresholds[0] < 0.4);
  const refused = (options: object, message: RegExp, of: object = data) =>
    t.throwsAsync(chooseThresholds(echo, of as never, options), {name: 'ValueError', message});
  for (const maximize of ['recall', 'constructor', 'toString', 3]) {
    await refused({maximize}, /`maximize` to be a function, or one of 'f1'/);
  }
  await refused({maximize: () => 'much'}, /`maximize\(counts\)` to be a number\. Received: "much"/);
  await refused({maximise: 'f1'}, /did you mean "maximize"/);
  await refused({}, /NaN/, {xs: tf.tensor2d([[Number.NaN], [1]]), ys: tf.tensor1d([1, 0])});
  for (const models of [{a: echo}, [{name: 'a', model: echo}], null]) {
    const message = /`model` to be one with a method `predict`/;
    await t.throwsAsync(chooseThresholds(models as never, data), {name: 'ValueError', message});
  }
});
