import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  BalancedAccuracy,
  BalancedSoftmaxLoss,
  ClassBalancedLoss,
  ClassDependentTemperatureLoss,
  ClassFrequency,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  LabelAwareSmoothingLoss,
  LDAMLoss,
  LogitAdjustedLoss,
  type RowLoss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {weightsOf} from '../helpers/models';

const C = 3;
const counts = new ClassFrequency({imageCounts: [60, 30, 10], numImages: 100});
const softmaxLosses: Record<string, () => RowLoss> = {
  BalancedSoftmaxLoss: () => new BalancedSoftmaxLoss({freqInfo: counts}),
  ClassBalancedLoss: () => new ClassBalancedLoss({freqInfo: counts}),
  ClassDependentTemperatureLoss: () => new ClassDependentTemperatureLoss({freqInfo: counts, gamma: 0.2}),
  FocalLoss: () => new FocalLoss({activation: 'softmax'}),
  LabelAwareSmoothingLoss: () =>
    new LabelAwareSmoothingLoss({freqInfo: counts, smoothHead: 0.4, smoothTail: 0.1}),
  LDAMLoss: () => new LDAMLoss({freqInfo: counts}),
  LogitAdjustedLoss: () => new LogitAdjustedLoss({freqInfo: counts}),
  SeesawLoss: () => new SeesawLoss({numClasses: C}),
  SoftmaxCrossEntropy: () => new SoftmaxCrossEntropy(),
  SoftmaxEqualizationLoss: () => new SoftmaxEqualizationLoss({lambda: 0.2, freqInfo: counts}),
};
const xs = () => tf.ones([4, 2]);
const classWeight = {0: 1, 1: 1, 2: 1};

function modelOf(loss: RowLoss, units = C, metrics: unknown[] = ['accuracy', new BalancedAccuracy()]) {
  const model = tf.sequential({layers: [tf.layers.dense({units, inputShape: [2]})]});
  // tfjs's types do not allow mixing names and objects.
  model.compile({optimizer: 'sgd', loss, metrics: metrics as never});
  return model;
}

/** Every way to pass labels to a loss. */
function entries(loss: RowLoss, ys: tf.Tensor): Record<string, () => Promise<unknown>> {
  const model = modelOf(loss);
  const rows = tf.data.array(ys.arraySync() as number[][]);
  const data = tf.data.zip({xs: tf.data.array(xs().arraySync() as number[][]), ys: rows}).batch(4);
  const once = {epochs: 1, verbose: 0} as const;
  return {
    fit: () => model.fit(xs(), ys, once),
    'fit, weighted': () => model.fit(xs(), ys, {...once, classWeight}),
    fitDataset: () => model.fitDataset(data, once),
    'fitDataset, weighted': () => model.fitDataset(data, {...once, classWeight} as never),
    trainOnBatch: () => model.trainOnBatch(xs(), ys),
    evaluate: async () => model.evaluate(xs(), ys),
    call: async () => loss(ys, tf.zeros([4, C])),
  };
}

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`softmax losses suggest no background for labels of a wrong shape (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    for (const [name, make] of Object.entries(softmaxLosses)) {
      for (const shape of [
        [4, 2],
        [4, C + 1],
        [4, 9],
      ]) {
        const what = shape[1] === C + 1 ? 'labels without a background column,' : 'a tensor of shape';
        for (const [entry, run] of Object.entries(entries(make(), tf.zeros(shape)))) {
          const {message} = await t.throwsAsync(run(), {name: 'ValueError'}, `${name}, ${entry}`);
          t.is(
            message,
            `Expected \`yTrue\` to be ${what} [4,3] (one-hot or soft) or [4] (integers in ` +
              `0 … 2). Received: tensor of shape [${shape.join(', ')}]`,
            `${name}, ${entry}`,
          );
        }
      }
    }
  });
}

test.serial('losses that accept background suggest it, in all the same places', async (t) => {
  await useBackend('cpu');
  for (const loss of [
    new EqualizationLoss({lambda: 0.2, freqInfo: counts}),
    new SigmoidCrossEntropy(),
    new FocalLoss(),
    new ClassBalancedLoss({freqInfo: counts, base: 'sigmoid'}),
  ]) {
    for (const run of Object.values(entries(loss, tf.zeros([4, 9])))) {
      await t.throwsAsync(run(), {
        message: /\[4,4\] \(last column background\) or \[4\] \(integers, 3 = background\)/,
      });
    }
  }
});

test.serial('refuses a class that a softmax lacks before weighting it', async (t) => {
  await useBackend('cpu');
  const model = modelOf(new SoftmaxCrossEntropy());
  const before = weightsOf(model);
  const background = tf.fill([4], C, 'int32');
  await t.throwsAsync(model.fit(xs(), background, {epochs: 1, verbose: 0, classWeight}), {
    name: 'ValueError',
    message: 'Expected `yTrue` to hold integers in 0 … 2. Received: 3 in row 0',
  });
  t.deepEqual(weightsOf(model), before);
});

test.serial('labels have no columns for logits that are not classes, such as objectness', async (t) => {
  await useBackend('cpu');
  const labels = tf.tensor1d([0, 1, 2, 3], 'int32');
  const withBackground = tf.oneHot(labels, C + 1).toFloat() as tf.Tensor2D;
  for (const [make, units] of [
    [() => new SeesawLoss({numClasses: C, objectness: true}), C + 2],
    [() => new EqualizationLossV2({numClasses: C, objectness: true}), C + 1],
  ] as const) {
    const model = modelOf(make(), units, []);
    for (const ys of [labels, withBackground, withBackground.slice([0, 0], [4, C])]) {
      await t.notThrowsAsync(model.fit(xs(), ys, {epochs: 1, verbose: 0}));
    }
    await t.throwsAsync(model.fit(xs(), tf.zeros([4, 9]), {epochs: 1, verbose: 0}), {
      message:
        /\[4,3\] \(multi-hot\), \[4,4\] \(last column background\) or \[4\] \(integers, 3 = background\)/,
    });
  }
});
