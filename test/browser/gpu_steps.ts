import * as tf from '@tensorflow/tfjs';
import {charCnn} from '../../models/moby-dick/network';
import {EqualizationLoss} from '../../src';
import {registerGpuTrainingKernels} from '../../src/kernels/gpu/register';
import {OPTIMIZER_UPDATE} from '../../src/kernels/optimizers/update';
import {median} from '../bench/loss/median';
import {type PageSetting, startBackend} from './harness/start_backend';

/** Milliseconds of a training step, medians over interleaved rounds. */
export interface GpuStepTiming {
  name: string;
  /** Binary cross entropy and Adam out of tfjs alone. */
  stock: number;
  /** `EqualizationLoss` and tfjs's Adam. */
  loss: number;
  /** `EqualizationLoss`, and Adam by `tfjs-longtail/kernels/gpu`. */
  both: number;
}

declare global {
  interface Window {
    timeGpuSteps(setting: PageSetting): Promise<GpuStepTiming[]>;
  }
}

const ROUNDS = 15;
const STEPS = 10;

window.timeGpuSteps = async (setting) => {
  tf.enableProdMode();
  await startBackend(setting);
  const timings: GpuStepTiming[] = [];
  for (const side of [16, 24]) {
    const make = () => charCnn({classes: 73, side, seed: 1});
    timings.push(await timeJob(`main job, ${side} pixels`, make, [64, side, side, 1], 73));
  }
  timings.push(await timeJob('dense 1024 → 1230', dense, [512, 1024], 1230));
  return timings;
};

const dense = () => tf.sequential({layers: [tf.layers.dense({units: 1230, inputShape: [1024]})]});

async function timeJob(
  name: string,
  make: () => tf.LayersModel,
  shape: number[],
  classes: number,
): Promise<GpuStepTiming> {
  const [rows] = shape;
  const x = tf.randomUniform(shape, 0, 1, 'float32', 1);
  const labels = Array.from({length: rows}, (_, i) => (i % 8 === 0 ? classes : (i * 7919) % classes));
  const y = tf.tensor1d(labels, 'int32');
  const hot = tf.tidy(() =>
    tf
      .oneHot(y, classes + 1)
      .toFloat()
      .slice([0, 0], [rows, classes]),
  );
  const freqInfo = Array.from({length: classes}, (_, j) => 1 / (j + 1));
  const [stockModel, lossModel, bothModel] = [make(), make(), make()];
  const crossEntropy = (yTrue: tf.Tensor, z: tf.Tensor) =>
    tf.metrics.binaryCrossentropy(yTrue, tf.sigmoid(z));
  stockModel.compile({optimizer: tf.train.adam(1e-3), loss: crossEntropy});
  for (const model of [lossModel, bothModel]) {
    model.compile({optimizer: tf.train.adam(1e-3), loss: new EqualizationLoss({lambda: 0.1, freqInfo})});
  }
  const contenders: Array<[Exclude<keyof GpuStepTiming, 'name'>, () => Promise<number>]> = [
    ['stock', () => time(() => stockModel.trainOnBatch(x, hot))],
    ['loss', () => time(() => lossModel.trainOnBatch(x, y))],
    ['both', () => withFusedOptimizer(() => time(() => bothModel.trainOnBatch(x, y)))],
  ];
  const samples = {stock: [] as number[], loss: [] as number[], both: [] as number[]};
  // The first round compiles shaders and is dropped; the order alternates so that no side profits from it.
  for (let round = -1; round < ROUNDS; ++round) {
    for (const [contender, run] of round % 2 === 0 ? contenders : contenders.slice().reverse()) {
      const ms = await run();
      if (round >= 0) samples[contender].push(ms);
    }
  }
  for (const model of [stockModel, lossModel, bothModel]) model.dispose();
  tf.dispose([x, y, hot]);
  return {name, stock: median(samples.stock), loss: median(samples.loss), both: median(samples.both)};
}

/** Milliseconds a step; each one's loss is read, as `fit` does. */
async function time(step: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < STEPS; ++i) await step();
  return (performance.now() - start) / STEPS;
}

async function withFusedOptimizer<T>(run: () => Promise<T>): Promise<T> {
  registerGpuTrainingKernels();
  try {
    return await run();
  } finally {
    tf.unregisterKernel(OPTIMIZER_UPDATE, tf.getBackend());
  }
}
