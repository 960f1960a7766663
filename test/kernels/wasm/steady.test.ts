import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';

const STEPS = 300;

/** A small network with every kind of layer whose kernels are ours, and the same weights each time. */
function network(): tf.Sequential {
  const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [7, 6, 2],
        filters: 5,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: seeded(1),
      }),
      tf.layers.batchNormalization(),
      tf.layers.conv2d({filters: 8, kernelSize: [2, 1], kernelInitializer: seeded(2)}),
      tf.layers.reLU({maxValue: 6}),
      tf.layers.flatten(),
      tf.layers.dense({units: 9, activation: 'relu', kernelInitializer: seeded(3)}),
      tf.layers.dense({units: 3, kernelInitializer: seeded(4)}),
    ],
  });
}

const heap = () => (tf.backend() as unknown as {wasm: {HEAPU8: Uint8Array}}).wasm.HEAPU8.length;
const held = () => [tf.memory().numTensors, tf.backend().numDataIds(), heap()];

/** The weights after `STEPS` steps, and what memory grew by from the tenth step to the last. */
async function train(optimizer: tf.Optimizer) {
  const model = network();
  model.compile({optimizer, loss: (y: tf.Tensor, p: tf.Tensor) => tf.losses.sigmoidCrossEntropy(y, p)});
  const x = tf.randomUniform([10, 7, 6, 2], -1, 1, 'float32', 5);
  const y = tf.oneHot(tf.range(0, 10, 1, 'int32').mod(tf.scalar(3, 'int32')), 3).toFloat();
  let before: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    if (step === 10) before = held();
    await model.trainOnBatch(x, y);
  }
  const after = held();
  const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
  model.dispose();
  return {weights, grown: after.map((value, i) => value - before[i])};
}

for (const [name, make] of Object.entries({
  adam: () => tf.train.adam(0.01),
  momentum: () => tf.train.momentum(0.01, 0.9),
  rmsprop: () => tf.train.rmsprop(0.01),
})) {
  test.serial(
    `${name}: ${STEPS} steps hold no more memory than ten, and give the same bits again`,
    async (t) => {
      await useBackend('wasm');
      const first = await train(make());
      t.deepEqual(first.grown, [0, 0, 0]);
      const second = await train(make());
      t.deepEqual(second.weights, first.weights);
      t.true(first.weights.flat().every(Number.isFinite));
    },
  );
}
