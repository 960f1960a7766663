import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss} from '../../src';
import {removeLossKernels} from './harness/loss_kernels';
import {type PageSetting, startBackend} from './harness/start_backend';

/** Milliseconds for losses and gradient of one batch, medians over interleaved rounds. */
export interface LossTiming {
  rows: number;
  classes: number;
  /** This package's kernels. */
  fused: number;
  /** The same loss out of tfjs ops. */
  composed: number;
  /** tfjs-layers' binary cross entropy on one-hot labels, which weighs nothing. */
  binaryCrossentropy: number;
}

const SIZES = [
  [32, 10],
  [128, 100],
  [512, 1230],
  [64, 20_000],
] as const;
const STEPS = 5;
const ROUNDS = 9;

declare global {
  interface Window {
    timeLosses(setting: PageSetting): Promise<{device: string; timings: LossTiming[]}>;
  }
}

window.timeLosses = async (setting) => {
  tf.enableProdMode();
  await startBackend(setting);
  const timings: LossTiming[] = [];
  for (const [rows, classes] of SIZES) timings.push(await timeSize(rows, classes));
  return {device: await deviceName(setting.backend), timings};
};

/** What the browser says of the GPU, or of the program that stands in for one. */
async function deviceName(backend: PageSetting['backend']): Promise<string> {
  if (backend === 'webgpu') {
    const adapter = (await navigator.gpu.requestAdapter()) as (GPUAdapter & {info: GPUAdapterInfo}) | null;
    const info = adapter?.info;
    return [info?.vendor, info?.architecture, info?.description].filter(Boolean).join(' ');
  }
  const gl = document.createElement('canvas').getContext('webgl2') as WebGL2RenderingContext;
  const {UNMASKED_RENDERER_WEBGL} = gl.getExtension('WEBGL_debug_renderer_info') as WEBGL_debug_renderer_info;
  return gl.getParameter(UNMASKED_RENDERER_WEBGL);
}

type LossFn = (z: tf.Tensor) => tf.Tensor;

async function timeSize(rows: number, classes: number): Promise<LossTiming> {
  const z = tf.randomNormal([rows, classes], 0, 1, 'float32', 1);
  const labels = Array.from({length: rows}, (_, row) => (row * 7919) % (classes + 1));
  const y = tf.tensor1d(labels, 'int32');
  const hot = tf.oneHot(y, classes).toFloat();
  const freqInfo = Array.from({length: classes}, (_, j) => 1 / (j + 1));
  // Not every batch holds background here, and reading labels is not what is timed.
  const loss = new EqualizationLoss({lambda: 0.01, freqInfo, requireBackground: false});
  const contenders: Array<[Exclude<keyof LossTiming, 'rows' | 'classes'>, () => Promise<number>]> = [
    ['fused', () => time((x) => loss.call(y, x), z)],
    ['composed', () => timeComposed((x) => loss.call(y, x), z)],
    ['binaryCrossentropy', () => time((x) => tf.metrics.binaryCrossentropy(hot, tf.sigmoid(x)), z)],
  ];
  const samples = {fused: [] as number[], composed: [] as number[], binaryCrossentropy: [] as number[]};
  // The first round compiles shaders and is dropped; the order alternates so that no side profits from it.
  for (let round = -1; round < ROUNDS; ++round) {
    for (const [name, run] of round % 2 === 0 ? contenders : contenders.slice().reverse()) {
      const ms = await run();
      if (round >= 0) samples[name].push(ms);
    }
  }
  tf.dispose([z, y, hot]);
  const [fused, composed, binaryCrossentropy] = Object.values(samples).map(median);
  return {rows, classes, fused, composed, binaryCrossentropy};
}

/** Milliseconds a step, from the first call to the moment when the GPU has finished the last one. */
async function time(loss: LossFn, z: tf.Tensor): Promise<number> {
  const dy = tf.ones([z.shape[0]]);
  const start = performance.now();
  for (let step = 1; step <= STEPS; ++step) {
    const losses = tf.tidy(() => tf.valueAndGrad(loss)(z, dy).value);
    if (step === STEPS) await losses.data();
    losses.dispose();
  }
  const ms = (performance.now() - start) / STEPS;
  dy.dispose();
  return ms;
}

async function timeComposed(loss: LossFn, z: tf.Tensor): Promise<number> {
  const giveBack = removeLossKernels(tf.getBackend());
  try {
    return await time(loss, z);
  } finally {
    giveBack();
  }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
