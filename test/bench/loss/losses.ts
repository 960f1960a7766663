import * as tf from '@tensorflow/tfjs';
import {
  AsymmetricLoss,
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
  type Loss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../../../src';
import {type Contender, timeOf} from './contender';

/** Images of each class, 1 to 1000. */
export const imagesOf = (classes: number) =>
  Array.from({length: classes}, (_, j) => Math.round(1000 ** (1 - j / (classes - 1))));

const half = (classes: number) => Float32Array.from({length: classes}, (_, j) => (j % 2 === 0 ? 0 : 1));

/** Every loss of the package with the options that its paper takes, by the name that peers/losses.py knows it by. */
export const LOSSES: Record<string, (classes: number, freqInfo: ClassFrequency) => Loss> = {
  EqualizationLoss: (classes) =>
    new EqualizationLoss({lambda: 0.5, freqInfo: half(classes), requireBackground: false}),
  SoftmaxEqualizationLoss: (classes) => new SoftmaxEqualizationLoss({lambda: 0.5, freqInfo: half(classes)}),
  SigmoidCrossEntropy: () => new SigmoidCrossEntropy(),
  SoftmaxCrossEntropy: () => new SoftmaxCrossEntropy(),
  FocalLoss: () => new FocalLoss(),
  'FocalLoss, softmax': () => new FocalLoss({activation: 'softmax'}),
  AsymmetricLoss: () => new AsymmetricLoss(),
  BalancedSoftmaxLoss: (_, freqInfo) => new BalancedSoftmaxLoss({freqInfo}),
  LogitAdjustedLoss: (_, freqInfo) => new LogitAdjustedLoss({freqInfo}),
  LDAMLoss: (_, freqInfo) => new LDAMLoss({freqInfo}),
  ClassDependentTemperatureLoss: (_, freqInfo) => new ClassDependentTemperatureLoss({freqInfo, gamma: 0.3}),
  LabelAwareSmoothingLoss: (_, freqInfo) =>
    new LabelAwareSmoothingLoss({freqInfo, smoothHead: 0.3, smoothTail: 0}),
  'ClassBalancedLoss, softmax': (_, freqInfo) => new ClassBalancedLoss({freqInfo}),
  'ClassBalancedLoss, sigmoid': (_, freqInfo) => new ClassBalancedLoss({freqInfo, base: 'sigmoid'}),
  'ClassBalancedLoss, focal': (_, freqInfo) => new ClassBalancedLoss({freqInfo, base: 'focal'}),
  SeesawLoss: (numClasses) => new SeesawLoss({numClasses}),
  EqualizationLossV2: (numClasses) => new EqualizationLossV2({numClasses}),
};

/** One of the losses and its gradient on the current backend, in training. */
export function lossContender(name: string): Contender {
  let batch: {z: tf.Tensor; y: tf.Tensor; dy: tf.Tensor; loss: Loss} | undefined;
  return {
    name,
    setUp: async (rows, classes) => {
      const imageCounts = imagesOf(classes);
      const numImages = imageCounts.reduce((sum, count) => sum + count);
      batch = {
        z: tf.randomNormal([rows, classes], 0, 1.5, 'float32', 1),
        y: tf.tensor1d(
          Array.from({length: rows}, (_, row) => (row * 7919) % classes),
          'int32',
        ),
        dy: tf.fill([rows], 1 / rows),
        loss: LOSSES[name](classes, new ClassFrequency({imageCounts, numImages})),
      };
    },
    run: async () => {
      const {z, y, dy, loss} = batch as NonNullable<typeof batch>;
      const gradients = tf.valueAndGrad((x: tf.Tensor) => loss.call(y, x));
      return timeOf(() =>
        tf.tidy(() => {
          gradients(z, dy);
        }),
      );
    },
    tearDown: async () => {
      tf.dispose([batch?.z, batch?.y, batch?.dy] as tf.Tensor[]);
      batch = undefined;
    },
  };
}
