import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {EqualizationLoss, type EqualizationLossOptions} from '../../src';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm} from '../helpers/closed_form';
import {
  evaluateLoss,
  hot,
  labelTensors,
  lossCases,
  restored,
  softLabels,
  stepTail,
  withoutColumns,
} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';

// The smallest normal float32: down to here every digit must be right.
const FLOOR = 1.2e-38;
const FREQUENCIES = [0.001, 0.25, 0.004];

const make = (options: Partial<EqualizationLossOptions> = {}) =>
  new EqualizationLoss({lambda: 0.01, freqInfo: FREQUENCIES, ...options});
const pair = (values: number[], rows: number) => tf.tensor2d(values, [rows, values.length / rows]);

test.before(() => useBackend('cpu'));

test('its configuration, through JSON, restores the same loss', (t) => {
  const labels = pair([1, 0, 0.25, 0, 0, 0], 2);
  const predictions = pair([0.9, 0.2, 0.4, 0, 1, 0.5], 2);
  for (const fromLogits of [true, false]) {
    for (const options of [
      {fromLogits},
      {fromLogits, lambda: undefined, threshold: {kind: 'exponential', a: 400, n: 2} as const},
      {fromLogits, lambda: undefined, threshold: {kind: 'gompertz', a: 1, b: 80, c: 3000} as const},
      {fromLogits, gamma: 0.5, seed: 5},
    ]) {
      const loss = make(options);
      for (let k = 0; k < 3; ++k) loss(labels, predictions);
      const again = restored(loss);
      t.true(again instanceof EqualizationLoss);
      t.is(again.fromLogits, fromLogits);
      t.deepEqual(again.getConfig(), loss.getConfig());
      for (let k = 0; k < 4; ++k) {
        t.deepEqual(evaluateLoss(again, labels, predictions), evaluateLoss(loss, labels, predictions));
      }
    }
  }
});

test('requireBackground is saved if it is false, and omitted if not', (t) => {
  const off = make({requireBackground: false});
  t.is(off.getConfig().require_background, false);
  t.false(restored(off).requireBackground);
  t.deepEqual(restored(off).getConfig(), off.getConfig());
  for (const loss of [make(), make({requireBackground: true})]) {
    t.true(loss.requireBackground);
    t.false('require_background' in loss.getConfig());
    t.true(restored(loss).requireBackground);
  }
  for (const wrong of ['false', 0, null]) {
    t.throws(() => make({requireBackground: wrong as never}), {
      name: 'ValueError',
      message: /`requireBackground` to be true or false. Received: ("false"|0|null)$/,
    });
  }
  t.throws(() => make({requiresBackground: false} as never), {message: /did you mean "requireBackground"/});
});

test('compile may check the last layer, unless fromLogits: true was given or saved', (t) => {
  t.true(make().checksActivation);
  t.true(make({fromLogits: undefined}).checksActivation);
  for (const fromLogits of [true, false]) {
    t.is(make({fromLogits}).checksActivation, !fromLogits);
    t.is(make({fromLogits}).expects, fromLogits ? 'logits' : 'probabilities');
  }
  t.false(restored(make({fromLogits: true})).checksActivation);
  t.true(restored(make({fromLogits: false})).checksActivation);
  t.false(restored(make()).checksActivation, 'a saved one says it, as those of 0.1 do');
  const {from_logits: _, ...without} = make().getConfig();
  t.true((EqualizationLoss.fromConfig(EqualizationLoss, without) as EqualizationLoss).checksActivation);
});

test("with λ = 0 it equals tfjs's sigmoid cross entropy, times C", (t) => {
  fc.assert(
    fc.property(lossCases({largest: 20}), ({rows, classes, labels, logits, frequencies}) =>
      tf.tidy(() => {
        const y = tf.tensor2d(hot(labels, classes), [rows, classes]);
        const z = tf.tensor2d(logits, [rows, classes]);
        const loss = new EqualizationLoss({lambda: 0, freqInfo: frequencies});
        const ours = tf.valueAndGrad((x: tf.Tensor) => tf.mean(loss(y, x)))(z);
        const theirs = tf.valueAndGrad((x: tf.Tensor) =>
          tf.mul<tf.Tensor>(tf.losses.sigmoidCrossEntropy(y, x), classes),
        )(z);
        const numbers = ({value, grad}: typeof ours) => [value.dataSync()[0], ...grad.dataSync()];
        // Theirs is float32 throughout, with cancellation in σ(z) − y.
        t.true(largestRelativeError(numbers(ours), numbers(theirs), 1e-2) < 1e-5);
      }),
    ),
    {numRuns: 50},
  );
});

test('with λ > 1 and only foreground, only positives contribute', (t) => {
  const loss = make({lambda: 1.5});
  const values = (negative: number) =>
    evaluateLoss(loss, pair([1, 0, 0, 0, 1, 1], 2), pair([2, negative, negative, negative, -1, 3], 2));
  const {values: losses, gradient} = values(0);
  // log(1 + e⁻²) and log(1 + e) + log(1 + e⁻³).
  t.true(largestRelativeError(losses, [0.12692801104297, 1.36184886909], FLOOR) < 1e-6);
  t.deepEqual(
    gradient.map((g) => g !== 0),
    [true, false, false, false, true, true],
  );
  for (const negative of [-1e4, 5, 1e4, Number.POSITIVE_INFINITY]) {
    t.deepEqual(values(negative), {values: losses, gradient});
  }
});

test('a background row costs in full, in every form of labels', (t) => {
  const logits = pair([1, -2, 3], 1);
  // Σ log(1 + e^z).
  const full = 1.3132616875182 + 0.126928011042973 + 3.04858735157374;
  for (const lambda of [0, 0.01, 1.5]) {
    for (const [form, yTrue] of labelTensors([3], [1], 3)) {
      const {values, gradient} = evaluateLoss(make({lambda}), yTrue, logits);
      t.true(largestRelativeError(values, [full], FLOOR) < 1e-6, form);
      t.true(gradient.every((g) => g > 0));
    }
  }
});

test('values and gradients match the closed form, even tiny ones', (t) => {
  fc.assert(
    fc.property(lossCases(), ({rows, classes, labels, logits, frequencies, lambda}) => {
      const loss = new EqualizationLoss({lambda, freqInfo: frequencies});
      const {values, gradient} = evaluateLoss(
        loss,
        tf.tensor1d(withoutColumns(labels, classes)),
        tf.tensor2d(logits, [rows, classes]),
      );
      const expected = sigmoidClosedForm({
        predictions: logits,
        labels: hot(labels, classes),
        tail: stepTail(frequencies, lambda),
      });
      t.true(largestRelativeError(values, expected.rowLosses, FLOOR) < 1e-6);
      t.true(largestRelativeError(gradient, expected.gradient, FLOOR) < 1e-6);
    }),
    {numRuns: 120},
  );
  // At ±60: e⁻⁶⁰, where σ(z) − 1 in float64 would be 0.
  const {values, gradient} = evaluateLoss(make(), pair([1, 0, 0], 1), pair([60, -60, 7], 1));
  t.true(largestRelativeError(values, [2 * 8.756510762696521e-27], FLOOR) < 1e-6);
  t.true(largestRelativeError(gradient, [-8.756510762696521e-27, 8.756510762696521e-27, 0], FLOOR) < 1e-6);
});

test('soft labels and smooth thresholds match the closed form', (t) => {
  const threshold = {kind: 'exponential', a: 400, n: 2} as const;
  fc.assert(
    fc.property(
      lossCases().chain((c) => fc.tuple(fc.constant(c), softLabels(c.rows * c.classes))),
      ([{rows, classes, logits, frequencies}, labels]) => {
        const loss = new EqualizationLoss({freqInfo: frequencies, threshold});
        const y = tf.tensor2d(labels, [rows, classes]);
        const {values, gradient} = evaluateLoss(loss, y, tf.tensor2d(logits, [rows, classes]));
        const tail = frequencies.map((f) => Math.max(0, 1 - (400 * f) ** 2));
        const expected = sigmoidClosedForm({predictions: logits, labels, tail});
        t.true(largestRelativeError(values, expected.rowLosses, FLOOR) < 1e-6);
        // (1 − y)·σ(z) − y·σ(−z) cancels where y = σ(z), and float64 has no more than 1e-16 to give there.
        t.true(largestRelativeError(gradient, expected.gradient, 1e-9) < 1e-6);
      },
    ),
  );
});

test('every form of labels gives the same, with more dimensions as well', (t) => {
  fc.assert(
    fc.property(lossCases(), ({rows, classes, labels, logits, frequencies, lambda}) =>
      tf.tidy(() => {
        const loss = new EqualizationLoss({lambda, freqInfo: frequencies});
        const y = tf.tensor1d(withoutColumns(labels, classes), 'int32');
        const flat = evaluateLoss(loss, y, tf.tensor2d(logits, [rows, classes]));
        for (const [form, yTrue] of labelTensors(labels, [rows], classes)) {
          t.deepEqual(evaluateLoss(loss, yTrue, tf.tensor2d(logits, [rows, classes])), flat, form);
        }
        for (const [form, yTrue] of labelTensors(labels, [1, rows, 1], classes)) {
          const boxes = evaluateLoss(loss, yTrue, tf.tensor(logits, [1, rows, 1, classes]));
          const mean = flat.values.reduce((sum, x) => sum + x, 0) / rows;
          t.true(largestRelativeError(boxes.values, [mean], FLOOR) < 1e-6, form);
          const scaled = flat.gradient.map((g) => g / rows);
          t.true(largestRelativeError(boxes.gradient, scaled, 1e-37) < 1e-6, form);
        }
      }),
    ),
    {numRuns: 40},
  );
});

test('one class, one sample, no sample', (t) => {
  const single = new EqualizationLoss({lambda: 1.5, freqInfo: [0.5]});
  const {values} = evaluateLoss(single, pair([1, 0], 2), pair([0, 0], 2));
  t.true(largestRelativeError(values, [Math.LN2, Math.LN2], FLOOR) < 1e-6);
  // Integers [batch] say the same: 1 is the class, 0 is background.
  t.deepEqual(evaluateLoss(single, tf.tensor1d([0, 1]), pair([1, 1], 2)).gradient.map(Math.sign), [1, -1]);
  t.deepEqual(evaluateLoss(make(), tf.tensor1d([0]), pair([0, 0, 0], 1)).values.length, 1);
  for (const gamma of [0.5, 1]) {
    for (const [form, yTrue] of labelTensors([], [0], 3)) {
      const none = evaluateLoss(make({gamma}), yTrue, tf.zeros([0, 3]));
      t.deepEqual(none, {values: [], gradient: []}, form);
    }
  }
});

test('logits of any size match the closed form; NaN shows, whatever its weight', (t) => {
  for (const z of [1e4, -1e4, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const y of [0, 0.5, 1]) {
      for (const lambda of [0, 0.01]) {
        // Class 1 is frequent: its negatives count.
        const {values, gradient} = evaluateLoss(make({lambda}), pair([1, y, 0], 1), pair([z, z, z], 1));
        const expected = sigmoidClosedForm({
          predictions: [z, z, z],
          labels: [1, y, 0],
          tail: stepTail(FREQUENCIES, lambda),
        });
        t.deepEqual(values, expected.rowLosses.map(Math.fround));
        // −0 + 0 = 0: a zero's sign says nothing.
        t.deepEqual(
          gradient.map((g) => g + 0),
          expected.gradient.map((g) => g + 0),
        );
      }
    }
  }
  for (const at of [0, 1, 2]) {
    const z = [0, 0, 0];
    z[at] = Number.NaN;
    // Of a positive, a frequent negative, and a rare one with weight 0.
    const {values, gradient} = evaluateLoss(make(), pair([1, 0, 0], 1), pair(z, 1));
    t.deepEqual(values, [Number.NaN]);
    t.deepEqual(gradient.map(Number.isNaN), [at === 0, at === 1, at === 2]);
  }
});

test('the gradient is scaled by the upstream gradient', (t) => {
  const logits = pair([1, -2, 3, 0.5, 0, -1], 2);
  const loss = make();
  const y = tf.tensor1d([1, 3]);
  const scaled = tf.grads((x: tf.Tensor) => loss(y, x))([logits], tf.tensor1d([-2, 0.25]))[0];
  const {gradient} = evaluateLoss(loss, y, logits);
  const expected = gradient.map((g, i) => g * (i < 3 ? -2 : 0.25));
  t.true(largestRelativeError(Array.from(scaled.dataSync()), expected, FLOOR) < 1e-6);
  const mean = tf.grad((x: tf.Tensor) => tf.mean(loss(y, x)))(logits);
  t.true(
    largestRelativeError(
      Array.from(mean.dataSync()),
      gradient.map((g) => g / 2),
      FLOOR,
    ) < 1e-6,
  );
});

test('a second derivative is an error, not a zero', (t) => {
  const first = tf.grad((x: tf.Tensor) => tf.sum(make()(tf.tensor1d([1]), x)));
  t.throws(() => tf.grad((x: tf.Tensor) => tf.sum(first(x)))(pair([1, 2, 3], 1)), {
    message: /Second-order gradients of this loss are not available/,
  });
});
