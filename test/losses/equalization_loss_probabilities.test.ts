import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {EqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm} from '../helpers/closed_form';
import {evaluateLoss, hot, lossCases, stepTail} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';

const make = (lambda: number, freqInfo: number[]) =>
  new EqualizationLoss({lambda, freqInfo, fromLogits: false});

test.before(() => useBackend('cpu'));

test('fromLogits: false gives the closed form for probabilities', (t) => {
  fc.assert(
    fc.property(lossCases({largest: 12}), ({rows, classes, labels, logits, frequencies, lambda}) => {
      const predictions = logits.map((z) => Math.fround(1 / (1 + Math.exp(-z))));
      const y = hot(labels, classes);
      const {values, gradient} = evaluateLoss(
        make(lambda, frequencies),
        tf.tensor2d(y, [rows, classes]),
        tf.tensor2d(predictions, [rows, classes]),
      );
      const tail = stepTail(frequencies, lambda);
      const expected = sigmoidClosedForm({predictions, labels: y, tail, fromLogits: false});
      t.true(largestRelativeError(values, expected.rowLosses, 1e-12) < 1e-6);
      t.true(largestRelativeError(gradient, expected.gradient, 1e-12) < 1e-6);
    }),
  );
});

test('at p = 0 and p = 1 loss and gradient are bounded, as in PyTorch', (t) => {
  const run = (y: number, p: number) => evaluateLoss(make(0, [0.5]), tf.tensor2d([[y]]), tf.tensor2d([[p]]));
  // torch.nn.functional.binary_cross_entropy: log is at least −100, p(1 − p) below the gradient at least 1e-12.
  t.deepEqual(run(0, 0), {values: [0], gradient: [0]});
  t.deepEqual(run(1, 1), {values: [0], gradient: [0]});
  t.deepEqual(run(1, 0), {values: [100], gradient: [Math.fround(-1e12)]});
  t.deepEqual(run(0, 1), {values: [100], gradient: [Math.fround(1e12)]});
  t.deepEqual(run(0.5, 0), {values: [50], gradient: [Math.fround(-0.5e12)]});
  t.deepEqual(run(0.5, 1), {values: [50], gradient: [Math.fround(0.5e12)]});
});

test('probabilities give the same as their logits', (t) => {
  const logits = [1, -2, 3, 0.5, 0, -1];
  const y = tf.tensor1d([1, 3]);
  const fromLogits = new EqualizationLoss({lambda: 0.01, freqInfo: [0.001, 0.25, 0.004]});
  const z = tf.tensor2d(logits, [2, 3]);
  const fromProbabilities = make(0.01, [0.001, 0.25, 0.004]);
  t.true(
    largestRelativeError(
      evaluateLoss(fromProbabilities, y, tf.sigmoid(z)).values,
      evaluateLoss(fromLogits, y, z).values,
      1e-6,
    ) < 1e-6,
  );
  // Through the sigmoid's own derivative.
  const chained = tf.grad((x: tf.Tensor) => tf.sum(fromProbabilities(y, tf.sigmoid(x))))(z);
  t.true(
    largestRelativeError(Array.from(chained.dataSync()), evaluateLoss(fromLogits, y, z).gradient, 1e-6) <
      1e-5,
  );
});

test('NaN, and values that are not probabilities, do not pass for a loss', (t) => {
  for (const p of [Number.NaN, 1.5]) {
    const {values} = evaluateLoss(make(0, [0.5]), tf.tensor2d([[0]]), tf.tensor2d([[p]]));
    t.deepEqual(values, [Number.NaN]);
  }
});

test('fromLogits is true or false', (t) => {
  for (const fromLogits of ['false', 0, null]) {
    t.throws(
      () => new EqualizationLoss({lambda: 0, freqInfo: [0.5], fromLogits: fromLogits as unknown as boolean}),
      {name: 'ValueError', message: /`fromLogits` to be true or false. Received: ("false"|0|null)$/},
    );
  }
});
