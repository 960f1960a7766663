import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequencyCounter, LogitAdjustedLoss, SoftmaxCrossEntropy} from '../../src';
import {logPriors} from '../../src/losses/logit_adjusted_loss';
import {useBackend} from '../helpers/backends';
import {evaluateLoss} from '../helpers/loss_cases';
import {freqInfo} from '../helpers/models';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';

const make = (options = {}) => new LogitAdjustedLoss({freqInfo, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  const loaded = (await comesBack(t, make({tau: 0.5}))) as LogitAdjustedLoss;
  t.is(loaded.tau, 0.5);
});

for (const tau of ['1.0', '0.5']) {
  test.serial(`it agrees with the reference code, τ = ${tau}`, (t) =>
    agreesWithReference(
      t,
      `LogitAdjusted-tau${tau}`,
      ({options, freqInfo}) => new LogitAdjustedLoss({...options, freqInfo}),
    ),
  );
}

test.serial('τ = 0 is softmax cross entropy; so is any τ if all classes are equally frequent', (t) => {
  areTheSame(t, make({tau: 0}), new SoftmaxCrossEntropy());
  areTheSame(t, make({freqInfo: [0.2, 0.2, 0.2, 0.2, 0.2], tau: 3}), new SoftmaxCrossEntropy());
});

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', (t) => composesAlike(t, make));

test.serial('a class without images counts as having one, or the least plain f_j above 0', (t) => {
  const none = make({freqInfo: [0.5, 0, 0.25]});
  const least = make({freqInfo: [0.5, 0.25, 0.25]});
  areTheSame(t, none, least, 3);
  const counter = new ClassFrequencyCounter({numClasses: 3});
  counter.add([0, 0, 0, 2]);
  const counted = new ClassFrequencyCounter({numClasses: 3});
  counted.add([0, 0, 0, 1, 2]);
  areTheSame(t, make({freqInfo: counter}), make({freqInfo: counted}), 3);
  t.throws(() => make({freqInfo: [0, 0]})(tf.zeros([1, 2]), tf.zeros([1, 2])), {message: /with images/});
});

test.serial('a live counter is read at every call', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 2});
  const loss = make({freqInfo: counter});
  const call = () => evaluateLoss(loss, tf.tensor1d([0], 'int32'), tf.zeros([1, 2])).values[0];
  t.throws(call, {message: /with images/});
  counter.add(0).add(1);
  t.true(Math.abs(call() - Math.log(2)) < 1e-6);
  counter.add(0).add(0);
  t.true(Math.abs(call() + Math.log(3 / 4)) < 1e-6);
});

test.serial('options out of range are rejected', (t) => {
  for (const tau of [-1, Number.NaN, Number.POSITIVE_INFINITY, '1']) {
    t.throws(() => make({tau}), {message: /^Expected `tau` to be a finite number ≥ 0/});
  }
  t.throws(() => make({freqInfo: undefined}), {message: /`freqInfo`/});
  t.throws(() => make({freqInfo: [0.5, 2]}), {message: /`freqInfo\[1\]`/});
  t.throws(() => make({taus: 1}), {message: /did you mean "tau"/});
  t.throws(() => make()(tf.zeros([2, 4]), tf.zeros([2, 4])), {message: /`freqInfo` to be about 4 classes/});
});

test('log priors are logarithms of shares, times τ', (t) => {
  const near = (actual: Float64Array, expected: number[]) =>
    t.true(
      expected.every((x, j) => Math.abs(actual[j] - Math.log(x)) < 1e-12),
      `${actual}`,
    );
  near(logPriors(Float64Array.of(1, 3, 4)), [1 / 8, 3 / 8, 1 / 2]);
  near(logPriors(Float64Array.of(1, 3), 2), [1 / 16, 9 / 16]);
});
