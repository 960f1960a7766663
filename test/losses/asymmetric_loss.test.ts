import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {AsymmetricLoss, type AsymmetricLossOptions, FocalLoss, SigmoidCrossEntropy} from '../../src';
import entries from '../fixtures/loss-fixtures/asymmetric.json';
import {useBackend} from '../helpers/backends';
import {withoutFused} from '../helpers/fused_cases';
import {evaluateLoss} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {numericalGradient} from '../helpers/numerical_gradient';
import {areTheSame, comesBack, composesAlike, readsEveryForm, staysFinite} from '../helpers/row_losses';

const make = (options?: AsymmetricLossOptions) => new AsymmetricLoss(options);

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  const loss = make({gammaPositive: 0.5, gammaNegative: 3, clip: 0.1});
  const loaded = (await comesBack(t, loss, true)) as AsymmetricLoss;
  t.deepEqual([loaded.gammaPositive, loaded.gammaNegative, loaded.clip], [0.5, 3, 0.1]);
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`it agrees with the authors' code on PyTorch (${backend})`, async (t) => {
    await useBackend(backend);
    for (const {options, logits, labels, losses, gradient} of entries) {
      const actual = evaluateLoss(make(options), tf.tensor2d(labels), tf.tensor2d(logits));
      const what = JSON.stringify(options);
      t.true(largestRelativeError(actual.values, losses, 1e-8) < 1e-6, what);
      t.true(largestRelativeError(actual.gradient, gradient.flat(), 1e-7) < 1e-6, what);
    }
  });
}

test.serial("it matches the paper's formula in float64; soft labels mix its two sides", (t) => {
  const y = [1, 0, 0.25, 0.5];
  const z = [1.5, -1, 0.25, 3];
  const form = (x: number[]) =>
    x.reduce((sum, logit, j) => {
      const p = 1 / (1 + Math.exp(-logit));
      const u = Math.max(p - 0.1, 0);
      return sum - y[j] * (1 - p) ** 0.5 * Math.log(p) - (1 - y[j]) * u ** 3 * Math.log(1 - u);
    }, 0);
  const loss = make({gammaPositive: 0.5, gammaNegative: 3, clip: 0.1});
  const {values, gradient} = evaluateLoss(loss, tf.tensor2d(y, [1, 4]), tf.tensor2d(z, [1, 4]));
  t.true(largestRelativeError(values, [form(z)], 0) < 1e-6);
  t.true(largestRelativeError(gradient, numericalGradient(form, z), 1e-6) < 1e-6);
});

test.serial('without clip and focusing it is sigmoid cross entropy; with one γ, the focal loss', (t) => {
  areTheSame(t, make({gammaPositive: 0, gammaNegative: 0, clip: 0}), new SigmoidCrossEntropy());
  areTheSame(t, make({gammaPositive: 2, gammaNegative: 2, clip: 0}), new FocalLoss({gamma: 2}));
});

test.serial('an easy negative, with a probability up to the clip, costs nothing', (t) => {
  const logits = tf.tensor2d([[-5, -3, -2.9, -1e4]]);
  const {values, gradient} = evaluateLoss(make({gammaNegative: 0, clip: 0.05}), tf.zeros([1, 4]), logits);
  const u = 1 / (1 + Math.exp(-Math.fround(-2.9))) - 0.05;
  t.true(largestRelativeError(values, [-Math.log1p(-u)], 0) < 1e-6);
  t.deepEqual([gradient[0], gradient[1], gradient[3]], [0, 0, 0]);
  t.true(gradient[2] > 0);
});

test.serial('without a clip, a negative far off costs its logit, also where 1 − p vanishes', (t) => {
  const loss = () => make({clip: 0})(tf.zeros([1, 2]), tf.tensor2d([[1000, -1000]])).dataSync()[0];
  t.deepEqual([loss(), withoutFused(loss)], [1000, 1000]);
});

test.serial('one logit: 0 is negative, 1 positive', (t) => {
  const loss = make({gammaPositive: 0, gammaNegative: 0, clip: 0});
  const {gradient} = evaluateLoss(loss, tf.tensor2d([0, 1], [2, 1], 'int32'), tf.zeros([2, 1]));
  t.deepEqual(gradient, [0.5, -0.5]);
});

test.serial('every form of labels gives the same', (t) => {
  readsEveryForm(t, make, 5, true);
  for (const clip of [0, 0.05]) staysFinite(t, make({clip, gammaPositive: 0.5}));
});

test.serial('composed of tfjs ops, it gives the same', async (t) => {
  await composesAlike(t, make);
  await composesAlike(t, () => make({gammaPositive: 1, gammaNegative: 2, clip: 0}));
  await composesAlike(t, () => make({gammaPositive: 0, gammaNegative: 0, clip: 0}));
});

test.serial('options out of range are rejected', (t) => {
  for (const name of ['gammaPositive', 'gammaNegative'] as const) {
    t.throws(() => make({[name]: -1}), {message: new RegExp(`\`${name}\``)});
  }
  for (const clip of [-0.1, 1, Number.NaN]) t.throws(() => make({clip}), {message: /`clip`/});
  t.throws(() => make({gammaNegativ: 4} as never), {message: /did you mean "gammaNegative"/});
});
