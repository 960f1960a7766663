import * as tf from '@tensorflow/tfjs';
import {useBackend} from '../helpers/backends';
import {median} from './loss/median';

const REPLACED = Symbol.for('tfjs-longtail/replaced-kernel');
type Step = () => Promise<void>;

/** Takes this package's kernels of these names out, puts tfjs's own back, or the reverse. */
function swapKernels(names: string[]): void {
  for (const name of names) {
    const current = tf.getKernel(name, 'wasm') as tf.KernelConfig & {[REPLACED]?: tf.KernelConfig};
    const other = current[REPLACED] ?? ours.get(name);
    if (!other) throw new Error(`There is no other ${name}.`);
    ours.set(name, current);
    tf.unregisterKernel(name, 'wasm');
    tf.registerKernel(other);
  }
}
const ours = new Map<string, tf.KernelConfig>();

/** The median time in ms of each step, of which every round runs one after the other. */
async function medians<Name extends string>(
  steps: Record<Name, Step>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(steps) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      await steps[name]();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

function trainingStep(batch: number): Step {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [24, 24, 1],
        filters: 16,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
      }),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.conv2d({filters: 32, kernelSize: 3, padding: 'same', activation: 'relu'}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 128, activation: 'relu'}),
      tf.layers.dense({units: 85}),
    ],
  });
  model.compile({optimizer: 'adam', loss: (y, p) => tf.losses.sigmoidCrossEntropy(y, p)});
  const x = tf.randomNormal([batch, 24, 24, 1]);
  const y = tf.oneHot(tf.range(0, batch, 1, 'int32'), 85);
  return async () => {
    await model.trainOnBatch(x, y);
  };
}

function filterGradient(x: [number, number, number, number], outChannels: number): Step {
  const [input, dy] = [tf.randomNormal<tf.Rank.R4>(x), tf.randomNormal([...x.slice(0, 3), outChannels])];
  const attrs = {strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [3, 3, x[3], outChannels]};
  return async () => {
    tf.dispose(tf.engine().runKernel('Conv2DBackpropFilter', {x: input, dy}, attrs));
  };
}

function depthwiseGradients(x: [number, number, number, number]): Step {
  const [input, dy] = [tf.randomNormal<tf.Rank.R4>(x), tf.randomNormal(x)];
  const filter = tf.randomNormal<tf.Rank.R4>([3, 3, x[3], 1]);
  const gradients = tf.grads((a: tf.Tensor, w: tf.Tensor) =>
    tf.depthwiseConv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'),
  );
  return async () => {
    tf.dispose(gradients([input, filter], dy));
  };
}

function denseStep(batch: number, inputs: number, units: number): Step {
  const [x, w] = [tf.randomNormal([batch, inputs]), tf.randomNormal([inputs, units])];
  const dy = tf.randomNormal([batch, units]);
  const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b));
  return async () => {
    tf.dispose(gradients([x, w], dy));
  };
}

async function on(backend: 'cpu' | 'wasm', make: () => Step): Promise<Step> {
  await useBackend(backend);
  const step = make();
  return async () => {
    await useBackend(backend);
    await step();
  };
}

function withTheirs(step: Step, kernels: string[]): Step {
  return async () => {
    swapKernels(kernels);
    await step();
    swapKernels(kernels);
  };
}

/** Prints what the wasm kernels gain over the cpu backend and over tfjs's own wasm kernels. */
export async function wasmKernelsBench(): Promise<void> {
  const report = (what: string, theirs: string, slow: number, fast: number) =>
    console.log(
      `${what}: ${fast.toFixed(1)} ms, ${theirs} ${slow.toFixed(1)} ms: ${(slow / fast).toFixed(1)} x`,
    );

  const cnn = await medians(
    {cpu: await on('cpu', () => trainingStep(16)), wasm: await on('wasm', () => trainingStep(16))},
    3,
  );
  report('training step of a small CNN, batch of 16', 'cpu backend', cnn.cpu, cnn.wasm);

  const conv = await medians(
    {
      cpu: await on('cpu', () => filterGradient([16, 12, 12, 16], 32)),
      wasm: await on('wasm', () => filterGradient([16, 12, 12, 16], 32)),
    },
    5,
  );
  report('filter gradient, [16, 12, 12, 16] to 32 channels', 'cpu backend', conv.cpu, conv.wasm);

  const depthwise = await medians(
    {
      cpu: await on('cpu', () => depthwiseGradients([8, 14, 14, 64])),
      wasm: await on('wasm', () => depthwiseGradients([8, 14, 14, 64])),
    },
    5,
  );
  report(
    'depthwise convolution and its gradients, [8, 14, 14, 64]',
    'cpu backend',
    depthwise.cpu,
    depthwise.wasm,
  );

  await useBackend('wasm');
  const step = trainingStep(64);
  const replaced = tf.getKernelsForBackend('wasm').filter((kernel) => REPLACED in kernel);
  const allTheirs = withTheirs(
    step,
    replaced.map((kernel) => kernel.kernelName),
  );
  const wasm = await medians({theirs: allTheirs, ours: step}, 15);
  report(
    'training step, batch of 64',
    "tfjs's wasm kernels plus our filter gradient",
    wasm.theirs,
    wasm.ours,
  );

  const dense = denseStep(64, 1152, 128);
  const product = await medians({theirs: withTheirs(dense, ['BatchMatMul']), ours: dense}, 31);
  report(
    'dense layer and its gradients, 64 x 1152 to 128',
    "tfjs's BatchMatMul",
    product.theirs,
    product.ours,
  );
}

if (require.main === module) void wasmKernelsBench();
