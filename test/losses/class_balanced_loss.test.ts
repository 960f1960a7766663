import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  ClassBalancedLoss,
  ClassFrequency,
  FocalLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {evaluateLoss} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {freqInfo} from '../helpers/models';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';

const make = (options = {}) => new ClassBalancedLoss({freqInfo, ...options});
const BASES = ['softmax', 'sigmoid', 'focal'] as const;

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  for (const base of BASES) await comesBack(t, make({base, beta: 0.99, gamma: 1.5}), base !== 'softmax');
});

for (const name of ['softmax-beta0.9', 'softmax-beta0.9999', 'focal']) {
  test.serial(`it agrees with the reference code: ${name}`, (t) =>
    agreesWithReference(
      t,
      `ClassBalanced-${name}`,
      ({options, freqInfo}) => new ClassBalancedLoss({...options, freqInfo}),
    ),
  );
}

test.serial('β = 0, or classes with equally many images, gives just the base', (t) => {
  const equal = new ClassFrequency({imageCounts: [7, 7, 7, 7, 7], numImages: 40});
  for (const options of [{beta: 0}, {freqInfo: equal, beta: 0.999}]) {
    areTheSame(t, make({...options, base: 'softmax'}), new SoftmaxCrossEntropy());
    areTheSame(t, make({...options, base: 'sigmoid'}), new SigmoidCrossEntropy());
    areTheSame(t, make({...options, base: 'focal', gamma: 1}), new FocalLoss({gamma: 1}));
  }
});

test.serial('each row weighs as much as its class; background weighs 1', (t) => {
  const counts = new ClassFrequency({imageCounts: [3, 1], numImages: 10});
  const logits = tf.tensor2d([1, -1, 1, -1, 1, -1], [3, 2]);
  const labels = tf.tensor1d([0, 1, 2], 'int32');
  const plain = evaluateLoss(new SigmoidCrossEntropy(), labels, logits);
  const {values, gradient} = evaluateLoss(make({freqInfo: counts, base: 'sigmoid', beta: 1}), labels, logits);
  const weights = [0.5, 1.5, 1];
  t.true(
    largestRelativeError(
      values,
      plain.values.map((x, r) => x * weights[r]),
      1e-8,
    ) < 1e-6,
  );
  const scaled = plain.gradient.map((x, i) => x * weights[Math.floor(i / 2)]);
  t.true(largestRelativeError(gradient, scaled, 1e-8) < 1e-6);
});

test.serial('a class without images weighs as much as one with one image', (t) => {
  const counts = (imageCounts: number[]) => new ClassFrequency({imageCounts, numImages: 100});
  areTheSame(t, make({freqInfo: counts([50, 0, 5])}), make({freqInfo: counts([50, 1, 5])}), 3);
});

test.serial('every form of labels gives the same; a softmax does not accept background', (t) => {
  for (const base of BASES) {
    readsEveryForm(t, () => make({base}), 5, base !== 'softmax');
    staysFinite(t, make({base}));
  }
});

test.serial('composed of tfjs ops, it gives the same', async (t) => {
  for (const base of BASES) await composesAlike(t, () => make({base}));
});

test.serial('missing options and those out of range are rejected', (t) => {
  t.throws(() => make({freqInfo: [0.5, 0.5]}), {message: /`freqInfo` to be a ClassFrequency or .* counts/});
  for (const beta of [-0.1, 1.1, Number.NaN]) t.throws(() => make({beta}), {message: /`beta`/});
  t.throws(() => make({base: 'hinge'}), {message: /`base` to be 'softmax'/});
  t.throws(() => make({gamma: -1}), {message: /`gamma`/});
  t.throws(() => make({betta: 0.9}), {message: /did you mean "beta"/});
});

test.serial('where reading labels means to wait for a GPU, none are read', async (t) => {
  await useGpuLikeBackend();
  const {dataSync} = tf.Tensor.prototype;
  let reads = 0;
  tf.Tensor.prototype.dataSync = function (this: tf.Tensor) {
    ++reads;
    return dataSync.call(this);
  } as typeof dataSync;
  t.teardown(() => {
    tf.Tensor.prototype.dataSync = dataSync;
  });
  const labels = tf.tensor1d([0, 3], 'int32');
  const losses = BASES.map((base) => make({base})(labels, tf.zeros([2, 5])));
  t.is(reads, 0);
  for (const loss of losses) t.is(loss.dataSync().length, 2);
});
