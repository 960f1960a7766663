import * as tf from '@tensorflow/tfjs';
import {ClassFrequency} from '../../src';

export const TAIL_CLASSES = 4;
const FEATURES = 6;
const COUNTS = [120, 40, 12, 4];

export const longTail = new ClassFrequency({imageCounts: COUNTS, numImages: 176});

/** Overlapping clouds around the corners of a simplex, the same every time. */
function clouds(counts: number[], seed: number): {xs: tf.Tensor2D; ys: tf.Tensor1D} {
  const labels = counts.flatMap((count, j) => Array.from({length: count}, () => j));
  const noise = tf.randomNormal([labels.length, FEATURES], 0, 0.8, 'float32', seed);
  const centers = tf.oneHot(tf.tensor1d(labels, 'int32'), FEATURES).toFloat();
  return {xs: tf.add(centers, noise) as tf.Tensor2D, ys: tf.tensor1d(labels, 'int32')};
}

export const trainData = () => clouds(COUNTS, 11);
export const testData = () =>
  clouds(
    COUNTS.map(() => 60),
    12,
  );

/** 6 features, a hidden layer, dropout and batch normalization, 4 logits and maybe an activation after them. */
export function tailModel(activation: 'linear' | 'softmax' = 'linear'): tf.Sequential {
  const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
  return tf.sequential({
    layers: [
      tf.layers.dense({units: 8, inputShape: [FEATURES], activation: 'tanh', kernelInitializer: seeded(1)}),
      tf.layers.batchNormalization(),
      tf.layers.dropout({rate: 0.2, seed: 5}),
      tf.layers.dense({units: TAIL_CLASSES, activation, kernelInitializer: seeded(2), name: 'logits'}),
    ],
  });
}

/** Mean recall over classes of the arg max. */
export function balancedAccuracy(model: tf.LayersModel): number {
  const {xs, ys} = testData();
  const predicted = Array.from(tf.argMax(model.predict(xs) as tf.Tensor, -1).dataSync());
  const labels = Array.from(ys.dataSync());
  return labels.reduce((sum, label, i) => sum + Number(predicted[i] === label), 0) / labels.length;
}

/** Its batches, as a data set. */
export function batchesOfTail(size = 32): tf.data.Dataset<never> {
  const {xs, ys} = trainData();
  const parts = {
    xs: tf.data.array(xs.arraySync()),
    ys: tf.data.array(ys.arraySync()),
  };
  return tf.data.zip(parts as never).batch(size) as tf.data.Dataset<never>;
}
