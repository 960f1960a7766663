import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLossV2, SigmoidCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {withoutFused} from '../helpers/fused_cases';
import {evaluateLoss, hot} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {
  agreesWithReference,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';
import {
  followsBackends,
  movesInTrainingOnly,
  survivesTapes,
  trainsTwoOutputs,
} from '../helpers/stateful_losses';

const make = (options = {}) => new EqualizationLossV2({numClasses: 5, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored with its sums and continues', async (t) => {
  const loaded = (await comesBack(t, make({gamma: 8, mu: 0.5, alpha: 2}), true)) as EqualizationLossV2;
  t.deepEqual([loaded.gamma, loaded.mu, loaded.alpha, loaded.objectness], [8, 0.5, 2, false]);
});

test.serial('it agrees with the reference code, over consecutive batches, and so do its sums', (t) =>
  agreesWithReference(
    t,
    'EQLv2',
    ({options, batches}) =>
      new EqualizationLossV2({...options, numClasses: batches[0].logits[0].length - 1, objectness: true}),
    {
      after: (loss, {positiveGradient = [], negativeGradient = []}, what) => {
        const {positive_gradient: positive, negative_gradient: negative} = loss.getState();
        t.true(largestRelativeError(positive as number[], positiveGradient, 1e-8) < 1e-6, what);
        t.true(largestRelativeError(negative as number[], negativeGradient, 1e-8) < 1e-6, what);
      },
    },
  ),
);

test.serial('before training it is sigmoid cross entropy, as g starts at 100', (t) => {
  const logits = tf.randomNormal([6, 5], 0, 3, 'float32', 2);
  const labels = tf.tensor1d([0, 1, 2, 3, 4, 5], 'int32');
  const {values} = evaluateLoss(make(), labels, logits);
  const plain = evaluateLoss(new SigmoidCrossEntropy(), labels, logits);
  t.true(largestRelativeError(values, plain.values, 1e-8) < 1e-6);
});

test.serial('a class with few positives loses negatives and gains on positives', (t) => {
  const loss = make();
  loss.setState({positive_gradient: [1, 8, 0, 0, 0], negative_gradient: [10, 10, 1, 1, 1], step: 3});
  const labels = tf.tensor2d([1, 0, 0, 0, 0, 0, 1, 0, 0, 0], [2, 5]);
  const {values} = evaluateLoss(loss, labels, tf.zeros([2, 5]), {training: false});
  const f = (ratio: number) => 1 / (1 + Math.exp(-12 * (ratio - 0.8)));
  const weights = [f(0.1), f(0.8), f(0), f(0), f(0)];
  const expected = [0, 1].map(
    (y) => Math.LN2 * weights.reduce((sum, w, j) => sum + (j === y ? 1 + 4 * (1 - w) : w), 0),
  );
  t.true(largestRelativeError(values, expected, 0) < 1e-6);
});

test.serial('the state changes in training only, and by accepted batches only', (t) =>
  movesInTrainingOnly(t, make),
);
test.serial('it survives tapes and tidies', (t) => survivesTapes(t, make));
test.serial('its state moves from backend to backend', (t) => followsBackends(t, make));
test.serial('two outputs', (t) => trainsTwoOutputs(t, make));

test.serial('NaN leaves no trace', (t) => {
  const loss = make();
  const fresh = loss.getState();
  loss(tf.zeros([1, 5]), tf.tensor2d([[Number.NaN, 0, 0, 0, 0]]));
  t.deepEqual(loss.getState(), fresh);
});

test.serial('evaluated, logits that are right beyond doubt have no loss, and no sums are kept', (t) => {
  const loss = new EqualizationLossV2({numClasses: 2});
  const sure = tf.tensor2d([[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]]);
  const before = JSON.stringify(loss.getState());
  const value = () => loss.call(tf.tensor1d([0], 'int32'), sure, {training: false}).dataSync()[0];
  t.deepEqual([value(), withoutFused(value)], [0, 0]);
  t.is(JSON.stringify(loss.getState()), before);
});

test.serial('label forms with objectness: background is the positive of the last logit', (t) => {
  const logits = tf.tensor2d([1, -1, 2, 0.5, 0, -3], [2, 3]);
  const loss = () => new EqualizationLossV2({numClasses: 2, objectness: true});
  const {values, gradient} = evaluateLoss(loss(), tf.tensor1d([1, 2], 'int32'), logits);
  const plain = evaluateLoss(new SigmoidCrossEntropy(), tf.tensor2d(hot([1, 2], 3), [2, 3]), logits);
  t.true(largestRelativeError(values, plain.values, 1e-8) < 1e-6);
  t.true(largestRelativeError(gradient, plain.gradient, 1e-8) < 1e-6);
  const dense = [tf.tensor2d([0, 1, 0, 0], [2, 2]), tf.tensor2d(hot([1, 2], 3), [2, 3])];
  for (const labels of dense) t.deepEqual(evaluateLoss(loss(), labels, logits), {values, gradient});
});

test.serial('one logit: 0 is negative, 1 positive', (t) => {
  const loss = new EqualizationLossV2({numClasses: 1});
  const {values} = evaluateLoss(loss, tf.tensor2d([0, 1], [2, 1], 'int32'), tf.tensor2d([2, 2], [2, 1]));
  t.true(largestRelativeError(values, [Math.log1p(Math.exp(2)), Math.log1p(Math.exp(-2))], 0) < 1e-6);
});

test.serial('every form of labels gives the same', (t) => {
  readsEveryForm(t, make, 5, true);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', async (t) => {
  await composesAlike(t, make);
  await composesAlike(t, () => make({objectness: true}), 5, 6);
});

test.serial('missing options and those out of range are rejected', (t) => {
  t.throws(() => make({numClasses: undefined}), {message: /`numClasses`/});
  t.throws(() => make({gamma: 0}), {message: /`gamma`/});
  t.throws(() => make({mu: Number.NaN}), {message: /`mu`/});
  t.throws(() => make({alpha: -1}), {message: /`alpha`/});
  t.throws(() => make({objectness: 'yes'}), {message: /`objectness`/});
  t.throws(() => make({gama: 1}), {message: /did you mean "gamma"/});
  t.throws(() => make()(tf.zeros([1, 4]), tf.zeros([1, 4])), {message: /`numClasses` to be 4/});
  t.throws(() => make().setState({step: 1}), {message: /`state.positive_gradient`/});
  t.throws(() => make().setState({step: -1}), {message: /`state.step`/});
});
