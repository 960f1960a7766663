import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {EqualizationLoss} from '../../../src';
import {useBackend} from '../../helpers/backends';
import {CLASSES, freqInfo} from '../../helpers/models';
import {type TrainingCase, trainsAlike} from '../../helpers/training';

const {layers} = tf;
const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
const LABELS = [0, 1, 2, 3, 4, 5, 0, 5];

/** As MobileNet's: convolution, depthwise separable blocks, global pooling, dropout, dense. */
function mobileNet(): tf.Sequential {
  const model = tf.sequential();
  const activate = () => [layers.batchNormalization(), layers.reLU({maxValue: 6})];
  const block = (filters: number, strides: number, seed: number) => [
    layers.depthwiseConv2d({
      kernelSize: 3,
      strides,
      padding: 'same',
      useBias: false,
      depthwiseInitializer: seeded(seed),
    }),
    ...activate(),
    layers.conv2d({filters, kernelSize: 1, useBias: false, kernelInitializer: seeded(seed + 50)}),
    ...activate(),
  ];
  const first = {
    inputShape: [20, 16, 3],
    filters: 8,
    kernelSize: 3,
    strides: 2,
    kernelInitializer: seeded(1),
  };
  model.add(layers.conv2d({...first, padding: 'same', useBias: false}));
  for (const layer of [...activate(), ...block(12, 1, 2), ...block(16, 2, 3)]) model.add(layer);
  model.add(layers.globalAveragePooling2d({}));
  model.add(layers.dropout({rate: 0.2, seed: 7}));
  model.add(layers.dense({units: CLASSES, kernelInitializer: seeded(4)}));
  return model;
}

function textClassifier(): tf.Sequential {
  return tf.sequential({
    layers: [
      layers.embedding({
        inputDim: 11,
        outputDim: 6,
        inputLength: 7,
        maskZero: true,
        embeddingsInitializer: seeded(1),
      }),
      layers.lstm({units: 8, kernelInitializer: seeded(2), recurrentInitializer: seeded(3)}),
      layers.dense({units: CLASSES, kernelInitializer: seeded(4)}),
    ],
  });
}

function bagOfWords(): tf.Sequential {
  return tf.sequential({
    layers: [
      layers.embedding({inputDim: 11, outputDim: 6, inputLength: 7, embeddingsInitializer: seeded(1)}),
      layers.globalAveragePooling1d({}),
      layers.dense({units: CLASSES, kernelInitializer: seeded(2)}),
    ],
  });
}

const images = () => tf.randomNormal([LABELS.length, 20, 16, 3], 0, 1, 'float32', 5);
const texts = () =>
  tf.tensor2d(LABELS.map((_, text) => Array.from({length: 7}, (_, word) => (text * 5 + word * word) % 11)));

/** Adam with an epsilon that leaves the last digits of a small gradient alone. */
async function learnsAlike(
  t: ExecutionContext,
  model: () => tf.Sequential,
  inputs: () => tf.Tensor,
  steps: number,
) {
  const training: TrainingCase = {
    model,
    data: () => ({x: inputs(), y: tf.tensor1d(LABELS, 'int32')}),
    compile: () => ({
      optimizer: tf.train.adam(0.02, 0.9, 0.999, 1e-2),
      loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    }),
    steps,
  };
  const {losses} = await trainsAlike(t, training);
  t.true(losses[steps - 1] < 0.8 * losses[0], `from ${losses[0]} to ${losses[steps - 1]}`);
}

test.serial('a MobileNet learns with EqualizationLoss as on the cpu backend', async (t) => {
  await learnsAlike(t, mobileNet, images, 8);
});

test.serial('an embedding and an LSTM learn with EqualizationLoss as on the cpu backend', async (t) => {
  await learnsAlike(t, textClassifier, texts, 20);
});

test.serial('an embedding and pooling learn with EqualizationLoss as on the cpu backend', async (t) => {
  await learnsAlike(t, bagOfWords, texts, 20);
});

test.serial('steps of either leave neither tensors nor wasm memory behind', async (t) => {
  await useBackend('wasm');
  for (const [make, inputs] of [
    [mobileNet, images],
    [textClassifier, texts],
  ] as const) {
    const model = make();
    model.compile({optimizer: 'adam', loss: new EqualizationLoss({lambda: 0.05, freqInfo})});
    const [x, y] = [inputs(), tf.tensor1d(LABELS, 'int32')];
    await model.trainOnBatch(x, y);
    const held = () => [tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()];
    const before = held();
    for (let step = 0; step < 5; step++) await model.trainOnBatch(x, y);
    t.deepEqual(held(), before);
  }
});
