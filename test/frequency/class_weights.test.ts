import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency, ClassFrequencyCounter, classWeights, SoftmaxCrossEntropy} from '../../src';
import entries from '../fixtures/loss-fixtures/class_weights.json';
import {useBackend} from '../helpers/backends';
import {evaluateLoss} from '../helpers/loss_cases';
import {FLOOR, largestRelativeError} from '../helpers/loss_fixtures';
import {smallData, smallModel} from '../helpers/models';
import {referenceEntries} from '../helpers/row_losses';

const counted = (imageCounts: number[], numImages = 1e6) => new ClassFrequency({imageCounts, numImages});

test.before(() => useBackend('cpu'));

test("'inverse' equals scikit-learn's balanced", (t) => {
  for (const {imageCounts, weights} of entries) {
    const actual = classWeights(counted(imageCounts));
    t.deepEqual(Object.keys(actual), Object.keys(weights));
    t.true(largestRelativeError(Object.values(actual), Object.values(weights), 0) < 1e-12);
  }
});

test('it depends only on ratios: plain frequencies and counters give the same', (t) => {
  const expected = classWeights(counted([6, 2, 0, 1]));
  const plain = classWeights([0.6, 0.2, 0, 0.1]);
  t.true(largestRelativeError(Object.values(plain), Object.values(expected), 0) < 1e-12);
  const counter = new ClassFrequencyCounter({numClasses: 4});
  for (const label of [0, 0, 0, 0, 0, 0, 1, 1, 3]) counter.add(label);
  t.deepEqual(classWeights(counter), expected);
});

test("'inverseSqrt' and 'effectiveNumber' have a mean of 1 over classes", (t) => {
  t.deepEqual(classWeights(counted([16, 4]), {scheme: 'inverseSqrt'}), {0: 2 / 3, 1: 4 / 3});
  const effective = classWeights(counted([3, 1]), {scheme: 'effectiveNumber', beta: 0.5});
  // 1 + ½ + ¼ against 1.
  t.true(largestRelativeError(Object.values(effective), [8 / 11, 14 / 11], 0) < 1e-12);
  t.deepEqual(classWeights(counted([3, 1]), {scheme: 'effectiveNumber', beta: 0}), {0: 1, 1: 1});
});

test('β = 1 counts every image, as in the limit; invalid β and schemes are rejected', (t) => {
  const limit = Object.values(classWeights(counted([3, 1]), {scheme: 'effectiveNumber', beta: 1}));
  t.true(largestRelativeError(limit, [1 / 2, 3 / 2], 0) < 1e-12);
  for (const beta of [-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY, '0.5', null] as number[]) {
    t.throws(() => classWeights(counted([3, 1]), {scheme: 'effectiveNumber', beta}), {
      name: 'ValueError',
      message: /`beta` to be a number in 0 … 1/,
    });
  }
  for (const scheme of ['balanced', 'constructor', 'toString', null, 3] as never[]) {
    t.throws(() => classWeights(counted([3, 1]), {scheme}), {name: 'ValueError', message: /`scheme`/});
  }
});

test('cost-sensitive learning by 1/N with a weight of 1 for the rarest class is the inverse over its maximum', (t) => {
  for (const {imageCounts = [], batches} of referenceEntries('CostSensitive')) {
    // The reference divides by the largest of 1/N.
    const weights = classWeights(counted(imageCounts));
    const most = Math.max(...Object.values(weights));
    for (const {logits, labels, loss, gradient} of batches) {
      const plain = evaluateLoss(
        new SoftmaxCrossEntropy(),
        tf.tensor1d(labels, 'int32'),
        tf.tensor2d(logits),
      );
      const w = labels.map((label) => weights[label] / most / labels.length);
      const mean = plain.values.reduce((sum, value, r) => sum + w[r] * value, 0);
      t.true(largestRelativeError([mean], [loss], FLOOR) < 1e-6);
      const scaled = plain.gradient.map((g, i) => g * w[Math.floor(i / imageCounts.length)]);
      t.true(largestRelativeError(scaled, gradient.flat(), FLOOR) < 1e-6);
    }
  }
});

test('fit accepts them', async (t) => {
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  const {xs} = smallData(10);
  const ys = tf.oneHot(tf.tensor1d([0, 0, 0, 0, 1, 1, 1, 2, 3, 4], 'int32'), 5);
  const classWeight = classWeights(counted([4, 3, 1, 1, 1]));
  await t.notThrowsAsync(model.fit(xs, ys, {classWeight, verbose: 0}));
});

test('rejects frequencies that have no weights', (t) => {
  t.throws(() => classWeights(counted([0, 0])), {message: /with images/});
  t.throws(() => classWeights(counted([1, 2]), {scheme: 'balanced'} as never), {message: /`scheme`/});
  t.throws(() => classWeights([0.5, 0.5], {scheme: 'effectiveNumber'}), {message: /know image counts/});
  t.throws(() => classWeights(counted([1, 2]), {scheme: 'effectiveNumber', beta: 2}), {message: /`beta`/});
  t.throws(() => classWeights(counted([1, 2]), {sheme: 'inverse'} as never), {
    message: /did you mean "scheme"/,
  });
  t.throws(() => classWeights([0.5, 2]), {message: /`freqInfo\[1\]`/});
});
