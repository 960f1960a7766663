import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss} from '../../../src';
import {useBackend} from '../../helpers/backends';

const STEPS = 300;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

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

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

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

test.serial(
  '10,000 steps with integer labels, a metric and EQL hold no more memory than a thousand',
  async (t) => {
    await useBackend('wasm');
    const model = network();
    const freqInfo = [0.5, 0.3, 0.01];
    const loss = new EqualizationLoss({lambda: 0.1, freqInfo});
    model.compile({optimizer: tf.train.adam(1e-3), loss, metrics: [new BalancedAccuracy()] as never});
    const x = tf.randomUniform([10, 7, 6, 2], -1, 1, 'float32', 5);
    // 3 is background.
    const y = tf.range(0, 10, 1, 'int32').mod(tf.scalar(4, 'int32'));
    let before: number[] = [];
    for (let step = 0; step < 10_000; step++) {
      if (step === 1000) before = [...held(), heapUsed()];
      tf.dispose(await model.trainOnBatch(x, y));
    }
    const grown = [...held(), heapUsed()].map((value, i) => value - before[i]);
    t.deepEqual(grown.slice(0, 3), [0, 0, 0]);
    // What compiled code and caches take once, and no 100 bytes a step.
    t.true(grown[3] < 9e5, `${grown[3]} bytes`);
    tf.dispose([x, y]);
    model.dispose();
  },
);
