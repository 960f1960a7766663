import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {LabelAwareSmoothingLoss, SoftmaxCrossEntropy} from '../../src';
import {smoothingFactors} from '../../src/losses/label_aware_smoothing_loss';
import {useBackend} from '../helpers/backends';
import {evaluateLoss} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {freqInfo} from '../helpers/models';
import {numericalGradient} from '../helpers/numerical_gradient';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';

const make = (options = {}) =>
  new LabelAwareSmoothingLoss({freqInfo, smoothHead: 0.3, smoothTail: 0.1, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  const loaded = (await comesBack(t, make({shape: 'convex'}))) as LabelAwareSmoothingLoss;
  t.deepEqual([loaded.smoothHead, loaded.smoothTail, loaded.shape], [0.3, 0.1, 'convex']);
});

test.serial('it agrees with the reference code', (t) =>
  agreesWithReference(
    t,
    'LabelAwareSmoothing',
    ({options, freqInfo}) =>
      new LabelAwareSmoothingLoss({smoothHead: 0, smoothTail: 0, ...options, freqInfo}),
    // The reference code's ε are float32, which shows where p − q cancels.
    {floor: 1e-2},
  ),
);

test('ε goes from the least to the most frequent class, by the three curves', (t) => {
  const counts = Float64Array.of(10, 110, 60);
  const middle = {concave: Math.SQRT1_2, linear: 0.5, convex: 1 - Math.SQRT1_2};
  for (const shape of ['concave', 'linear', 'convex'] as const) {
    const [rarest, head, between] = smoothingFactors(counts, {smoothHead: 0.5, smoothTail: 0.1, shape});
    t.true(Math.abs(rarest - 0.1) < 1e-12 && Math.abs(head - 0.5) < 1e-12);
    t.true(Math.abs(between - 0.1 - 0.4 * middle[shape]) < 1e-12, shape);
  }
});

test.serial(
  'without smoothing, or for equally frequent classes with no smoothing of the tail, it is cross entropy',
  (t) => {
    areTheSame(t, make({smoothHead: 0, smoothTail: 0}), new SoftmaxCrossEntropy());
    areTheSame(t, make({freqInfo: [0.1, 0.1, 0.1, 0.1, 0.1], smoothTail: 0}), new SoftmaxCrossEntropy());
  },
);

test.serial('the same ε for all is label smoothing', (t) => {
  const logits = tf.randomNormal([5, 5], 0, 3, 'float32', 4);
  const labels = tf.tensor1d([0, 1, 2, 3, 4], 'int32');
  const {values} = evaluateLoss(make({smoothHead: 0.2, smoothTail: 0.2}), labels, logits);
  const {NONE} = tf.Reduction;
  const theirs = tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 5), logits, undefined, 0.2, NONE);
  t.true(largestRelativeError(values, Array.from(theirs.dataSync()), 1e-3) < 1e-6);
});

test.serial('it matches the formula in float64, for soft labels too', (t) => {
  const epsilon = [0.1, 0.3, 0.1 + 0.2 * Math.SQRT1_2];
  const loss = make({freqInfo: [0.1, 0.9, 0.5]});
  for (const y of [
    [0, 1, 0],
    [0.5, 0.25, 0.25],
  ]) {
    const form = (z: number[]) => {
      const log = Math.log(z.reduce((sum, x) => sum + Math.exp(x), 0));
      const all = z.reduce((sum, x) => sum + (log - x) / 3, 0);
      return y.reduce(
        (sum, share, j) => sum + share * ((1 - epsilon[j]) * (log - z[j]) + epsilon[j] * all),
        0,
      );
    };
    const z = [0.5, -1.25, 2];
    const {values, gradient} = evaluateLoss(loss, tf.tensor2d(y, [1, 3]), tf.tensor2d(z, [1, 3]));
    t.true(largestRelativeError(values, [form(z)], 1e-8) < 1e-6);
    t.true(largestRelativeError(gradient, numericalGradient(form, z), 1e-6) < 1e-6);
  }
});

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', (t) => composesAlike(t, make));

test.serial('missing options and those out of range are rejected', (t) => {
  t.throws(() => make({freqInfo: undefined}), {message: /`freqInfo`/});
  for (const name of ['smoothHead', 'smoothTail']) {
    for (const value of [undefined, -0.1, 1.1]) {
      t.throws(() => make({[name]: value}), {message: new RegExp(`\`${name}\``)});
    }
  }
  t.throws(() => make({shape: 'cubic'}), {message: /`shape` to be 'concave'/});
  t.throws(() => make({smoothhead: 1}), {message: /did you mean "smoothHead"/});
});
