import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src';
import {trainsAlike} from '../../helpers/training';

const {layers} = tf;
const initializer = (seed: number) => tf.initializers.glorotUniform({seed});

/** A layer behind a convolution, which needs the layer's gradient. */
const behindConv = (shape: number[], layer: () => tf.layers.Layer) => () => {
  const conv = shape.length === 3 ? layers.conv2d : layers.conv3d;
  const first = conv({inputShape: shape, filters: 4, kernelSize: 1, kernelInitializer: initializer(1)});
  return tf.sequential({layers: [first, layer()]});
};

const CASES: Record<string, () => tf.LayersModel> = {
  'nearest up-sampling': behindConv([5, 4, 3], () => layers.upSampling2d({size: [3, 2]})),
  'bilinear up-sampling': behindConv([5, 4, 3], () =>
    layers.upSampling2d({size: [2, 3], interpolation: 'bilinear'}),
  ),
  'max pooling by windows that are no cubes': behindConv([5, 6, 4, 3], () =>
    layers.maxPooling3d({
      poolSize: [1, 3, 2],
      strides: [1, 2, 2],
      padding: 'same',
      dataFormat: 'channelsLast',
    }),
  ),
};

for (const [name, model] of Object.entries(CASES)) {
  test.serial(`${name}: a batch of non-square images trains alike on cpu and wasm`, async (t) => {
    await trainsAlike(t, {
      model,
      data: ({inputs, outputs}) => ({
        x: tf.randomNormal([4, ...(inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 5),
        y: tf.randomNormal([4, ...(outputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 6),
      }),
      compile: () => ({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'}),
      steps: 3,
    });
  });
}
