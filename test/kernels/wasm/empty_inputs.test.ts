import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {EqualizationLoss, SoftmaxEqualizationLoss} from '../../../src';
import {useBackend} from '../../helpers/backends';
import {CLASSES, freqInfo} from '../../helpers/models';
import {onUsedMemory} from '../../helpers/used_memory';

const {layers} = tf;
const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
const dense = (units: number, seed: number) => layers.dense({units, kernelInitializer: seeded(seed)});

/**
 * Layers between an input of this shape and the logits. None adds a bias that is broadcast over images, and none
 * normalizes a batch: TensorFlow.js itself has no gradient for either without samples, on any backend.
 */
const STACKS: Record<string, [number[], () => tf.layers.Layer[]]> = {
  dense: [[12], () => [layers.dense({units: 6, activation: 'relu', kernelInitializer: seeded(1)})]],
  conv2d: [
    [8, 7, 3],
    () => [
      layers.conv2d({filters: 4, kernelSize: 3, kernelInitializer: seeded(1)}),
      layers.conv2d({filters: 4, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer: seeded(2)}),
      layers.flatten(),
    ],
  ],
  'depthwise and separable conv2d': [
    [8, 7, 3],
    () => [
      layers.depthwiseConv2d({
        kernelSize: 3,
        useBias: false,
        depthMultiplier: 2,
        depthwiseInitializer: seeded(1),
      }),
      layers.separableConv2d({
        filters: 4,
        kernelSize: 3,
        useBias: false,
        depthwiseInitializer: seeded(2),
        pointwiseInitializer: seeded(3),
      }),
      layers.globalAveragePooling2d({}),
    ],
  ],
  'max and average pooling': [
    [8, 8, 3],
    () => [
      layers.conv2d({filters: 4, kernelSize: 1, kernelInitializer: seeded(1)}),
      layers.maxPooling2d({poolSize: 2}),
      layers.averagePooling2d({poolSize: 2}),
      layers.flatten(),
    ],
  ],
  conv3d: [
    [4, 5, 6, 2],
    () => [
      layers.conv3d({useBias: false, filters: 3, kernelSize: 2, kernelInitializer: seeded(1)}),
      layers.maxPooling3d({poolSize: 2, strides: [1, 1, 1], padding: 'same', dataFormat: 'channelsLast'}),
      layers.flatten(),
    ],
  ],
  'transposed conv2d': [
    [3, 3, 2],
    () => [
      layers.conv2dTranspose({
        useBias: false,
        filters: 3,
        kernelSize: 3,
        strides: 2,
        kernelInitializer: seeded(1),
      }),
      layers.flatten(),
    ],
  ],
  embedding: [
    [6],
    () => [
      layers.embedding({inputDim: 4, outputDim: 3, embeddingsInitializer: seeded(1)}),
      layers.globalAveragePooling1d({}),
    ],
  ],
};

const LOSSES: Record<string, () => tf.ModelCompileArgs['loss']> = {
  'sum of squares': () => (y: tf.Tensor, p: tf.Tensor) => tf.sum(tf.squaredDifference(y, p)),
  meanSquaredError: () => 'meanSquaredError',
  EqualizationLoss: () => new EqualizationLoss({lambda: 0.05, freqInfo}),
  SoftmaxEqualizationLoss: () => new SoftmaxEqualizationLoss({lambda: 0.05, freqInfo, seed: 3}),
};

/** The weights after an epoch of batches of these sizes. */
async function weightsAfter(make: () => tf.LayersModel, batch: (size: number) => tf.TensorContainerObject) {
  const model = make();
  await model.fitDataset(
    tf.data.generator(function* () {
      for (const size of [3, 0, 2, 0]) yield batch(size);
    }) as never,
    {epochs: 2, verbose: 0},
  );
  const weights = model.getWeights().map((weight) => weight.dataSync<'float32'>());
  model.dispose();
  return weights;
}

async function trainsAlike(
  t: ExecutionContext,
  make: () => tf.LayersModel,
  batch: (size: number) => tf.TensorContainerObject,
) {
  await useBackend('cpu');
  const expected = await weightsAfter(make, batch);
  const actual = await onUsedMemory(() => weightsAfter(make, batch));
  for (const [i, weight] of actual.entries()) {
    const worst = weight.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[i][k])), 0);
    t.true(worst < 1e-5, `weight ${i}: off by ${worst}`);
  }
}

for (const [name, [shape, stack]] of Object.entries(STACKS)) {
  for (const [lossName, loss] of Object.entries(LOSSES)) {
    test.serial(`${name}, ${lossName}: batches without samples train as on the cpu backend`, async (t) => {
      const make = () => {
        const input = tf.input({shape});
        const outputs = [...stack(), dense(CLASSES, 9)].reduce<tf.SymbolicTensor>(
          (x, layer) => layer.apply(x) as tf.SymbolicTensor,
          input,
        );
        const model = tf.model({inputs: input, outputs});
        model.compile({optimizer: tf.train.sgd(0.001), loss: loss()});
        return model;
      };
      const batch = (size: number) => ({
        xs:
          name === 'embedding'
            ? tf.fill([size, ...shape], 2)
            : tf.randomNormal([size, ...shape], 0, 1, 'float32', 5),
        ys: tf.oneHot(tf.range(0, size, 1, 'int32').flatten(), CLASSES).cast('float32'),
      });
      await trainsAlike(t, make, batch);
    });
  }
}

for (const [lossName, loss] of Object.entries(LOSSES)) {
  test.serial(`${lossName}: images without boxes train as on the cpu backend`, async (t) => {
    const make = () => {
      const model = tf.sequential({
        layers: [
          layers.dense({
            units: 6,
            inputShape: [null, 12] as never,
            activation: 'relu',
            kernelInitializer: seeded(1),
          }),
          dense(CLASSES, 2),
        ],
      });
      model.compile({optimizer: tf.train.sgd(0.001), loss: loss()});
      return model;
    };
    const batch = (boxes: number) => ({
      xs: tf.randomNormal([2, boxes, 12], 0, 1, 'float32', 5),
      ys: tf.oneHot(tf.zeros([2, boxes], 'int32'), CLASSES).cast('float32'),
    });
    await trainsAlike(t, make, batch);
  });
}
