import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {FocalLoss, type FocalLossOptions, SigmoidCrossEntropy, SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {evaluateLoss, hot} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {numericalGradient} from '../helpers/numerical_gradient';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';

const make = (options?: FocalLossOptions) => new FocalLoss(options);
const softmax = (options?: FocalLossOptions) => new FocalLoss({activation: 'softmax', ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  await comesBack(t, make(), true);
  const loaded = (await comesBack(t, softmax({gamma: 1.5, alpha: 0.25}))) as FocalLoss;
  t.deepEqual([loaded.gamma, loaded.alpha, loaded.activation], [1.5, 0.25, 'softmax']);
});

for (const name of ['SigmoidFocal-noalpha', 'SigmoidFocal-alpha.25']) {
  test.serial(`it agrees with the reference code: ${name}`, (t) =>
    agreesWithReference(t, name, ({options}) => new FocalLoss(options)),
  );
}

// The formulas of the papers, as they stand.
const sigmoidForm = (z: number[], y: number[], gamma: number, positive: number, negative: number) =>
  z.reduce((sum, x, j) => {
    const p = 1 / (1 + Math.exp(-x));
    const hit = -positive * (1 - p) ** gamma * Math.log(p);
    return sum + y[j] * hit - (1 - y[j]) * negative * p ** gamma * Math.log(1 - p);
  }, 0);
const softmaxForm = (z: number[], y: number[], gamma: number, alpha: number) => {
  const total = z.reduce((sum, x) => sum + Math.exp(x), 0);
  return z.reduce((sum, x, j) => {
    const p = Math.exp(x) / total;
    return sum - alpha * y[j] * (1 - p) ** gamma * Math.log(p);
  }, 0);
};

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `both forms match the papers in float64, whatever γ, for soft labels too (${backend})`,
    async (t) => {
      await useBackend(backend);
      const z = [1.5, -2, 0.25, 3].map(Math.fround);
      for (const y of [hot([2], 4), [0.5, 0.25, 0, 0.125]]) {
        for (const gamma of [0, 0.5, 1, 2, 3.7]) {
          for (const alpha of [undefined, 0.25]) {
            const [positive, negative] = alpha === undefined ? [1, 1] : [alpha, 1 - alpha];
            const forms: Array<[FocalLoss, (z: number[]) => number]> = [
              [make({gamma, alpha}), (x) => sigmoidForm(x, y, gamma, positive, negative)],
              [softmax({gamma, alpha}), (x) => softmaxForm(x, y, gamma, alpha ?? 1)],
            ];
            for (const [loss, form] of forms) {
              const {values, gradient} = evaluateLoss(loss, tf.tensor2d(y, [1, 4]), tf.tensor2d(z, [1, 4]));
              t.true(largestRelativeError(values, [form(z)], 1e-6) < 1e-6);
              t.true(largestRelativeError(gradient, numericalGradient(form, z), 1e-4) < 1e-6);
            }
          }
        }
      }
    },
  );
}

test.serial('γ = 0 is cross entropy', (t) => {
  areTheSame(t, make({gamma: 0}), new SigmoidCrossEntropy());
  areTheSame(t, softmax({gamma: 0}), new SoftmaxCrossEntropy());
});

test.serial('a softmax near 1 keeps its digits', (t) => {
  const logits = tf.tensor2d([[20, 0, -3]]);
  const rest = Math.exp(-20) + Math.exp(-23);
  const {values, gradient} = evaluateLoss(softmax({gamma: 1}), tf.tensor1d([0], 'int32'), logits);
  // (1 − p) · −log p ≈ (1 − p)², and its slope by z₀ is −2 (1 − p)².
  t.true(largestRelativeError(values, [rest ** 2], 0) < 1e-6);
  t.true(largestRelativeError([gradient[0]], [-2 * rest ** 2], 0) < 1e-6);
});

test.serial('every form of labels gives the same; only sigmoids accept background', (t) => {
  readsEveryForm(t, make, 5, true);
  readsEveryForm(t, softmax, 5, false);
  for (const gamma of [0, 0.5, 2]) {
    staysFinite(t, make({gamma}));
    staysFinite(t, softmax({gamma}));
  }
});

test.serial('one logit: 0 is negative, 1 positive; a softmax of one class is rejected', (t) => {
  const logits = tf.tensor2d([0, 0], [2, 1]);
  const labels = tf.tensor2d([0, 1], [2, 1], 'int32');
  const {values, gradient} = evaluateLoss(make({gamma: 1, alpha: 0.25}), labels, logits);
  t.true(largestRelativeError(values, [0.375 * Math.LN2, 0.125 * Math.LN2], 0) < 1e-6);
  t.true(gradient[0] > 0 && gradient[1] < 0);
  t.throws(() => softmax()(labels, logits), {message: /at least two classes/});
});

test.serial('composed of tfjs ops, it gives the same', async (t) => {
  await composesAlike(t, make);
  await composesAlike(t, () => make({gamma: 0.5, alpha: 0.25}));
  await composesAlike(t, softmax);
  await composesAlike(t, () => softmax({gamma: 0.5, alpha: 0.25}));
  await composesAlike(t, () => softmax({gamma: 0}));
});

test.serial('options out of range are rejected', (t) => {
  for (const gamma of [-1, Number.NaN, '2']) t.throws(() => make({gamma} as never), {message: /`gamma`/});
  for (const alpha of [-0.1, 1.1, Number.NaN]) t.throws(() => make({alpha}), {message: /`alpha`/});
  t.throws(() => make({activation: 'relu'} as never), {message: /`activation` to be 'sigmoid' or 'softmax'/});
  t.throws(() => make({gama: 0.3} as never), {message: /did you mean "gamma"/});
});

test.serial('sigmoids that are right beyond doubt have no loss', async (t) => {
  for (const backend of ['cpu', 'wasm'] as const) {
    await useBackend(backend);
    const sure = tf.tensor2d([[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]]);
    for (const labels of [tf.tensor1d([0], 'int32'), tf.tensor2d([[1, 0]])]) {
      t.is(make()(labels, sure).dataSync()[0], 0, backend);
    }
  }
});
