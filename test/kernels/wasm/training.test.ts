import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {type TrainingCase, trainsAlike} from '../../helpers/training';

const INPUT: [number, number, number] = [11, 9, 2];
const CLASSES = 5;

/** The usual layers of an image classifier, initialized and dropped out from fixed seeds. */
const NETWORKS: Record<string, () => tf.layers.Layer[]> = {
  'conv, max pooling, dropout and dense': () => [
    tf.layers.conv2d({
      inputShape: INPUT,
      filters: 4,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      ...seeded(1),
    }),
    tf.layers.maxPooling2d({poolSize: 2}),
    tf.layers.conv2d({filters: 6, kernelSize: 3, activation: 'relu', ...seeded(2)}),
    tf.layers.flatten(),
    tf.layers.dropout({rate: 0.3, seed: 7}),
    tf.layers.dense({units: 8, activation: 'relu', ...seeded(3)}),
    tf.layers.dense({units: CLASSES, activation: 'sigmoid', ...seeded(4)}),
  ],
  'strides, batch normalization, average and global pooling': () => [
    tf.layers.conv2d({
      inputShape: INPUT,
      filters: 4,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      ...seeded(1),
    }),
    tf.layers.batchNormalization(),
    tf.layers.reLU(),
    tf.layers.averagePooling2d({poolSize: 3, strides: 2, padding: 'same'}),
    tf.layers.conv2d({filters: 6, kernelSize: [3, 2], strides: 2, ...seeded(2)}),
    tf.layers.batchNormalization(),
    tf.layers.activation({activation: 'elu'}),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({units: CLASSES, activation: 'sigmoid', ...seeded(3)}),
  ],
  'an MLP': () => [
    tf.layers.flatten({inputShape: INPUT}),
    tf.layers.dense({units: 16, activation: 'tanh', ...seeded(1)}),
    tf.layers.batchNormalization(),
    tf.layers.dense({units: CLASSES, activation: 'softmax', ...seeded(2)}),
  ],
};

// Adam divides a gradient by its own size: with the usual epsilon of 1e-7 the first step is the sign of a gradient,
// whose last digits would decide over whole steps where it is almost zero.
const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  adam: () => tf.train.adam(0.01, 0.9, 0.999, 1e-2),
};

function seeded(seed: number) {
  return {kernelInitializer: tf.initializers.glorotUniform({seed})};
}

function onImages(layers: () => tf.layers.Layer[], optimizer: () => tf.Optimizer): TrainingCase {
  return {
    model: () => tf.sequential({layers: layers()}),
    data: () => ({
      x: tf.randomNormal([6, ...INPUT], 0, 1, 'float32', 11),
      y: tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 1], 'int32'), CLASSES),
    }),
    compile: () => ({optimizer: optimizer(), loss: 'binaryCrossentropy'}),
    steps: 3,
  };
}

for (const [network, layers] of Object.entries(NETWORKS)) {
  for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
    test.serial(`three steps of ${name} train ${network} as on the cpu backend`, async (t) => {
      await trainsAlike(t, onImages(layers, optimizer));
    });
  }
}

test.serial('steps leave neither tensors nor wasm memory behind', async (t) => {
  await useBackend('wasm');
  const model = tf.sequential({layers: NETWORKS['conv, max pooling, dropout and dense']()});
  model.compile({optimizer: 'adam', loss: 'binaryCrossentropy'});
  const x = tf.randomNormal([6, ...INPUT]);
  const y = tf.zeros([6, CLASSES]);
  await model.trainOnBatch(x, y);
  const held = () => [tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()];
  const before = held();
  for (let step = 0; step < 10; step++) await model.trainOnBatch(x, y);
  t.deepEqual(held(), before);
});
