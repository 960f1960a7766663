import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {SoftmaxEqualizationLoss, type SoftmaxEqualizationLossOptions} from '../../src';
import {drawsOf, isDrawn} from '../../src/kernels/losses/draws';
import {useBackend} from '../helpers/backends';
import {softmaxClosedForm} from '../helpers/closed_form';
import {
  evaluateLoss,
  hot,
  labelTensors,
  lossCases,
  restored,
  softLabels,
  stepTail,
} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';

const make = (options: Partial<SoftmaxEqualizationLossOptions> = {}) =>
  new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo: [0.001, 0.25, 0.004], seed: 5, ...options});
const cases = (largest = 60) => lossCases({largest, background: false, leastClasses: 2});

test.before(() => useBackend('cpu'));

test('its configuration, through JSON, restores the same loss and the same next draws', (t) => {
  const labels = tf.tensor2d([1, 0, 0, 0.25, 0.25, 0.5], [2, 3]);
  const logits = tf.tensor2d([1, -2, 3, 0.5, 0, -1], [2, 3]);
  for (const options of [
    {},
    {gamma: 0.5},
    {gamma: 1},
    {lambda: undefined, threshold: {kind: 'exponential', a: 400, n: 2} as const},
    {lambda: undefined, threshold: {kind: 'gompertz', a: 1, b: 80, c: 3000} as const},
  ]) {
    const loss = make(options);
    for (let k = 0; k < 3; ++k) loss(labels, logits);
    const again = restored(loss);
    t.true(again instanceof SoftmaxEqualizationLoss);
    t.deepEqual(again.getConfig(), loss.getConfig());
    for (let k = 0; k < 6; ++k) {
      t.deepEqual(evaluateLoss(again, labels, logits), evaluateLoss(loss, labels, logits));
    }
  }
});

test('γ is 0.9 by default, as in the paper', (t) => {
  t.is(new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo: [0.5]}).gamma, 0.9);
});

test("in evaluation it equals tfjs's softmax cross entropy", (t) => {
  fc.assert(
    fc.property(cases(20), ({rows, classes, labels, logits, frequencies, lambda}) =>
      tf.tidy(() => {
        const y = tf.tensor2d(hot(labels, classes), [rows, classes]);
        const z = tf.tensor2d(logits, [rows, classes]);
        const loss = new SoftmaxEqualizationLoss({lambda, freqInfo: frequencies});
        const {values, gradient} = evaluateLoss(loss, y, z, {training: false});
        const theirs = tf.losses.softmaxCrossEntropy(y, z, undefined, undefined, tf.Reduction.NONE);
        t.true(largestRelativeError(values, Array.from(theirs.dataSync()), 1) < 1e-6);
        const softmax = tf.sub(tf.softmax(z), y).dataSync();
        t.true(largestRelativeError(gradient, Array.from(softmax), 1) < 1e-6);
      }),
    ),
    {numRuns: 50},
  );
});

test('in training it matches the closed form, with β drawn per sample and class', (t) => {
  fc.assert(
    fc.property(
      cases(),
      fc.constantFrom(0, 0.4, 0.9, 1),
      ({rows, classes, labels, logits, frequencies, lambda}, gamma) => {
        const loss = new SoftmaxEqualizationLoss({lambda, freqInfo: frequencies, gamma, seed: 3});
        const z = tf.tensor2d(logits, [rows, classes]);
        for (let step = 0; step < 2; ++step) {
          const {values, gradient} = evaluateLoss(loss, tf.tensor1d(labels), z);
          const expected = softmaxClosedForm({
            predictions: logits,
            labels: hot(labels, classes),
            tail: stepTail(frequencies, lambda),
            beta: logits.map((_, i) => Number(isDrawn(drawsOf(gamma, 3, step), i))),
          });
          t.true(largestRelativeError(values, expected.rowLosses, 1e-8) < 1e-6);
          t.true(largestRelativeError(gradient, expected.gradient, 1e-8) < 1e-6);
        }
      },
    ),
  );
});

test('soft labels and smooth thresholds match the closed form', (t) => {
  fc.assert(
    fc.property(
      cases().chain((c) => fc.tuple(fc.constant(c), softLabels(c.rows * c.classes))),
      ([{rows, classes, logits, frequencies}, labels]) => {
        const threshold = {kind: 'gompertz', a: 1, b: 80, c: 3000} as const;
        const loss = new SoftmaxEqualizationLoss({freqInfo: frequencies, threshold, gamma: 1});
        const y = tf.tensor2d(labels, [rows, classes]);
        const {values, gradient} = evaluateLoss(loss, y, tf.tensor2d(logits, [rows, classes]));
        const tail = frequencies.map((f) => 1 - Math.exp(-80 * Math.exp(-3000 * f)));
        // A row without any mass has no loss to speak of: the sum over no terms.
        const expected = softmaxClosedForm({predictions: logits, labels, tail});
        const massless = expected.rowLosses.map((_, r) =>
          labels.slice(r * classes, (r + 1) * classes).every((x) => x === 0),
        );
        const rowLosses = expected.rowLosses.map((x, r) => (massless[r] ? 0 : x));
        const slopes = expected.gradient.map((g, i) => (massless[Math.floor(i / classes)] ? 0 : g));
        t.true(largestRelativeError(values, rowLosses, 1e-8) < 1e-6);
        t.true(largestRelativeError(gradient, slopes, 1e-8) < 1e-6);
      },
    ),
  );
});

test('every form of labels gives the same, with more dimensions as well', (t) => {
  fc.assert(
    fc.property(cases(), ({rows, classes, labels, logits, frequencies, lambda}) =>
      tf.tidy(() => {
        const loss = new SoftmaxEqualizationLoss({lambda, freqInfo: frequencies, gamma: 1});
        const flat = evaluateLoss(loss, tf.tensor1d(labels, 'int32'), tf.tensor2d(logits, [rows, classes]));
        const mean = flat.values.reduce((sum, x) => sum + x, 0) / rows;
        for (const [form, yTrue] of labelTensors(labels, [rows], classes, false)) {
          t.deepEqual(evaluateLoss(loss, yTrue, tf.tensor2d(logits, [rows, classes])), flat, form);
        }
        for (const [form, yTrue] of labelTensors(labels, [1, rows], classes, false)) {
          const boxes = evaluateLoss(loss, yTrue, tf.tensor(logits, [1, rows, classes]));
          t.true(largestRelativeError(boxes.values, [mean], 1e-30) < 1e-6, form);
          const scaled = flat.gradient.map((g) => g / rows);
          t.true(largestRelativeError(boxes.gradient, scaled, 1e-30) < 1e-6, form);
        }
      }),
    ),
    {numRuns: 40},
  );
});

test('with every class dropped but its own, loss and gradient are 0, for any logits', (t) => {
  const loss = make({lambda: 1.5, gamma: 1});
  for (const z of [0, 1e4, -1e4, 3.4e38, -3.4e38]) {
    const {values, gradient} = evaluateLoss(loss, tf.tensor1d([0, 1, 2]), tf.fill([3, 3], z));
    t.deepEqual(values, [0, 0, 0]);
    t.true(gradient.every((g) => g === 0));
  }
  // Nothing is left of a row without a class either.
  const none = evaluateLoss(loss, tf.zeros([1, 3]), tf.zeros([1, 3]));
  t.deepEqual(none, {values: [0], gradient: [0, 0, 0]});
});

test('extreme logits: never NaN if finite; a NaN shows, even of a dropped class', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(1e4, -1e4, 0, 1e38, -1e38), {minLength: 3, maxLength: 3}),
      fc.integer({min: 0, max: 2}),
      fc.constantFrom(0, 0.01, 1.5),
      (logits, label, lambda) => {
        const loss = make({lambda, gamma: 1});
        const {values, gradient} = evaluateLoss(loss, tf.tensor1d([label]), tf.tensor2d(logits, [1, 3]));
        const expected = softmaxClosedForm({
          predictions: logits.map(Math.fround),
          labels: hot([label], 3),
          tail: stepTail([0.001, 0.25, 0.004], lambda),
        });
        t.true(largestRelativeError(values, expected.rowLosses, 1e-8) < 1e-6);
        t.true(largestRelativeError(gradient, expected.gradient, 1e-8) < 1e-6);
      },
    ),
  );
  // A masked class, at −∞, is not there.
  const masked = evaluateLoss(
    make({gamma: 0}),
    tf.tensor1d([0]),
    tf.tensor2d([[0, 0, Number.NEGATIVE_INFINITY]]),
  );
  t.true(largestRelativeError(masked.values, [Math.LN2], 1) < 1e-6);
  t.deepEqual(masked.gradient, [-0.5, 0.5, 0]);
  for (const logits of [
    [Number.NaN, 0, 0],
    [0, Number.NaN, 0],
    [0, 0, Number.NaN],
  ]) {
    const {values, gradient} = evaluateLoss(make({gamma: 1}), tf.tensor1d([1]), tf.tensor2d([logits]));
    t.deepEqual([...values, ...gradient], [Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  }
});

test('a single output is rejected by every entry point, and draws nothing', async (t) => {
  const loss = new SoftmaxEqualizationLoss({lambda: 1.5, freqInfo: [0.5], gamma: 0.5, seed: 1});
  const message =
    'Expected `yPred` to be of at least two classes (a single logit needs a loss of the sigmoid type, such as ' +
    'EqualizationLoss, or two outputs). Received: 1';
  const refused = {name: 'ValueError', message};
  for (const [form, yTrue] of labelTensors([0, 0], [2], 1, false)) {
    for (const training of [true, false])
      t.throws(() => loss.call(yTrue, tf.zeros([2, 1]), {training}), refused, form);
  }
  t.throws(() => loss(tf.zeros([1, 3, 1]), tf.zeros([1, 3, 1])), refused);
  t.throws(() => loss(tf.zeros([0, 1]), tf.zeros([0, 1])), refused);
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
  model.compile({optimizer: tf.train.sgd(1), loss});
  const [xs, ys] = [tf.ones([4, 2]), tf.tensor1d([0, 1, 1, 0], 'int32')];
  const rows = tf.data.zip({
    xs: tf.data.array(xs.arraySync() as number[][]),
    ys: tf.data.array([0, 1, 1, 0]),
  });
  const data = rows.batch(2) as never;
  await t.throwsAsync(model.fit(xs, ys, {verbose: 0}), refused);
  await t.throwsAsync(model.fitDataset(data, {epochs: 1, verbose: 0}), refused);
  await t.throwsAsync(model.trainOnBatch(xs, ys), refused);
  await t.throwsAsync(model.evaluateDataset(data, {}), refused);
  t.throws(() => model.evaluate(xs, ys), refused);
  t.is(loss.getState().step, 0);
});

test('no sample, and upstream gradients', (t) => {
  for (const [form, yTrue] of labelTensors([], [0], 3, false)) {
    t.deepEqual(evaluateLoss(make(), yTrue, tf.zeros([0, 3])), {values: [], gradient: []}, form);
  }
  const loss = make({gamma: 0});
  const scaled = tf.grads((x: tf.Tensor) => loss(tf.tensor1d([0, 1]), x))(
    [tf.zeros([2, 3])],
    tf.tensor1d([3, -6]),
  )[0];
  const expected = [-2, 1, 1, -2, 4, -2];
  t.true(largestRelativeError(Array.from(scaled.dataSync()), expected, 1) < 1e-6);
});

test('background is not a label here, and there is no second derivative', (t) => {
  const loss = make();
  const z = tf.zeros([2, 3]);
  t.throws(() => loss(tf.tensor1d([0, 3], 'int32'), z), {
    name: 'ValueError',
    message: 'Expected `yTrue` to hold integers in 0 … 2. Received: 3 in row 1',
  });
  t.throws(() => loss(tf.zeros([2, 4]), z), {
    name: 'ValueError',
    message: /`yTrue` to be labels without a background column, .*Received: tensor of shape \[2, 4\]/,
  });
  t.is(loss.getState().step, 0);
  const first = tf.grad((x: tf.Tensor) => tf.sum(loss(tf.tensor1d([1]), x)));
  t.throws(() => tf.grad((x: tf.Tensor) => tf.sum(first(x)))(tf.zeros([1, 3])), {
    message: /Second-order gradients of this loss are not available/,
  });
});

test('it always takes logits', (t) => {
  for (const fromLogits of [true, false]) {
    t.throws(() => make({fromLogits} as never), {
      name: 'ValueError',
      message:
        'Expected the options of SoftmaxEqualizationLoss to have known names only. Received: "fromLogits" ' +
        '(it always takes logits: leave out the softmax of the last layer)',
    });
  }
  t.throws(() => make({requireBackground: false} as never), {message: /it needs no background/});
  t.is(make().expects, 'logits');
  t.true(make().checksActivation);
});
