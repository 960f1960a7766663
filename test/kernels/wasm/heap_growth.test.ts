import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {canGrow, freshHeap, growHeap, whileGrowing} from '../../helpers/growing_heap';

const seeded = (seed: number) => tf.initializers.glorotUniform({seed});

/** Layers whose kernels, and those of whose gradients, are ours; and the same weights each time. */
function image(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [9, 8, 2],
        filters: 5,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: seeded(1),
      }),
      tf.layers.batchNormalization(),
      tf.layers.depthwiseConv2d({kernelSize: 2, depthMultiplier: 2, depthwiseInitializer: seeded(2)}),
      tf.layers.maxPooling2d({poolSize: 2, strides: 1}),
      tf.layers.upSampling2d({size: [2, 2]}),
      tf.layers.prelu({alphaInitializer: 'ones'}),
      tf.layers.averagePooling2d({poolSize: 2}),
      tf.layers.conv2d({filters: 8, kernelSize: [2, 1], kernelInitializer: seeded(3)}),
      tf.layers.reLU({maxValue: 6}),
      tf.layers.flatten(),
      tf.layers.dense({units: 9, activation: 'relu', kernelInitializer: seeded(4)}),
      tf.layers.dense({units: 3, kernelInitializer: seeded(5)}),
    ],
  });
}

function volume(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv3d({inputShape: [5, 5, 4, 2], filters: 3, kernelSize: 2, kernelInitializer: seeded(1)}),
      tf.layers.maxPooling3d({poolSize: 2, strides: 1}),
      tf.layers.flatten(),
      tf.layers.dense({units: 3, kernelInitializer: seeded(2)}),
    ],
  });
}

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.01),
  momentum: () => tf.train.momentum(0.01, 0.9),
  adam: () => tf.train.adam(0.01),
  rmsprop: () => tf.train.rmsprop(0.001, 0.9, 0.5),
};

/** The weights and losses after some steps on the current backend. */
async function train(
  network: () => tf.Sequential,
  optimizer: () => tf.Optimizer,
  steps: number,
  between: () => void = () => {},
): Promise<number[][]> {
  const model = network();
  const loss = (y: tf.Tensor, p: tf.Tensor) => tf.losses.sigmoidCrossEntropy(y, p);
  model.compile({optimizer: optimizer(), loss});
  const shape = model.inputs[0].shape.slice(1) as number[];
  const x = tf.randomUniform([6, ...shape], -1, 1, 'float32', 5);
  const y = tf.oneHot(tf.range(0, 6, 1, 'int32').mod(tf.scalar(3, 'int32')), 3).toFloat();
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    losses.push((await model.trainOnBatch(x, y)) as number);
    between();
  }
  return [losses, ...model.getWeights().map((weight) => Array.from(weight.dataSync()))];
}

const heapLength = () => (tf.backend() as unknown as {wasm: {HEAPU8: Uint8Array}}).wasm.HEAPU8.length;

/** Large tensors, until the heap has to grow for them. */
function allocate(): void {
  const before = heapLength();
  const tensors: tf.Tensor[] = [];
  while (heapLength() === before) tensors.push(tf.ones([2 ** 20]));
  tf.dispose(tensors);
}

for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
  test.serial(
    `if the heap grows between all steps, the weights are the same, bit for bit (${name})`,
    async (t) => {
      await freshHeap();
      const expected = await train(image, optimizer, 8);
      t.true(expected.flat().every(Number.isFinite));
      await freshHeap();
      const before = heapLength();
      t.deepEqual(await train(image, optimizer, 8, allocate), expected);
      t.true(heapLength() > 3 * before, `${heapLength()} after ${before}`);
    },
  );
}

for (const [kind, network, optimizers] of [
  ['an image network', image, ['sgd', 'momentum', 'adam', 'rmsprop']],
  ['a volume network', volume, ['adam']],
] as const) {
  for (const name of optimizers) {
    test.serial(
      `if the heap grows at any allocation of two steps, the weights are the same, bit for bit (${kind}, ${name})`,
      async (t) => {
        const run = () => train(network, OPTIMIZERS[name], 2);
        const {value: expected, allocations} = await whileGrowing(await freshHeap(), () => false, run);
        let grown = 0;
        // As many growths as one heap has room for.
        for (let from = 0; from < allocations; from += 30) {
          const backend = await freshHeap();
          const outcome = await whileGrowing(backend, (i) => i >= from && i < from + 30, run);
          t.deepEqual(outcome.value, expected, `growth at the allocations from ${from} on`);
          t.is(outcome.allocations, allocations);
          grown += outcome.grown;
        }
        t.is(grown, allocations);
        t.true(allocations > 100, `${allocations}`);
      },
    );
  }
}

test.serial('growing detaches every view of the heap', async (t) => {
  const backend = await freshHeap();
  const {HEAPU8} = (backend as unknown as {wasm: {HEAPU8: Uint8Array}}).wasm;
  t.true(canGrow(backend));
  growHeap(backend);
  t.is(HEAPU8.length, 0);
  t.true(heapLength() > 0);
});
