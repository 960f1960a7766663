import * as tf from '@tensorflow/tfjs';
import {useBackend} from '../../helpers/backends';
import {cpuTime} from './cpu_time';
import {JOBS} from './jobs';

const WARM_UP = 100;
const STEPS = 300;

/** Kernels, by what they are for. */
const PARTS: [string, RegExp][] = [
  ['gradients of convolutions', /Backprop/],
  ['convolutions', /Conv2/],
  ['dense products and their gradients', /MatMul/],
  ['optimizer', /^OptimizerUpdate$/],
  ['loss', /Loss/],
  ['activations, biases and their gradients', /^(Relu|ClippedGradient|ClipByValue|Add|Sum)$/],
  ['batch normalization', /BatchNorm/],
  ['other kernels', /./],
];

/**
 * Prints the shares of a training step on wasm: of each kernel the least time that its n-th call took in any step, and
 * what is left of the CPU time of the cheapest step, which is JavaScript: tfjs's engine and tape, tfjs-layers, this package.
 */
export async function printProfile(job: string): Promise<void> {
  await useBackend('wasm');
  const {run, dispose} = JOBS[job]();
  for (let i = 0; i < WARM_UP; i++) await run();
  const least = new Map<string, number>();
  let [calls, inner] = [0, 0];
  const configs = tf.getKernelsForBackend('wasm');
  const timed = (config: tf.KernelConfig): tf.KernelConfig => ({
    ...config,
    kernelFunc: (params) => {
      const outer = inner;
      inner = 0;
      const call = `${config.kernelName} ${calls++}`;
      const start = performance.now();
      const result = config.kernelFunc(params);
      const ms = performance.now() - start;
      least.set(call, Math.min(least.get(call) ?? Number.POSITIVE_INFINITY, ms - inner));
      inner = outer + ms;
      return result;
    },
  });
  replace(configs, configs.map(timed));
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < STEPS; i++) {
    calls = 0;
    // CPU time, as hardly a whole step runs undisturbed on a machine that others use.
    shortest = Math.min(shortest, await cpuTime(run));
  }
  replace(configs, configs);
  dispose();
  print(job, least, shortest);
}

function replace(old: tf.KernelConfig[], configs: tf.KernelConfig[]): void {
  for (const {kernelName} of old) tf.unregisterKernel(kernelName, 'wasm');
  configs.forEach(tf.registerKernel);
}

function print(job: string, least: Map<string, number>, shortest: number): void {
  const parts = new Map(PARTS.map(([part]) => [part, {ms: 0, calls: 0}]));
  for (const [call, ms] of least) {
    const name = call.split(' ')[0];
    const [part] = PARTS.find(([, pattern]) => pattern.test(name)) as [string, RegExp];
    const sum = parts.get(part) as {ms: number; calls: number};
    sum.ms += ms;
    sum.calls++;
  }
  const inKernels = [...parts.values()].reduce((sum, {ms}) => sum + ms, 0);
  parts.set('JavaScript between kernels', {ms: shortest - inKernels, calls: 0});
  console.log(`\n${job}: ${shortest.toFixed(2)} ms, ${least.size} kernels`);
  for (const [part, {ms, calls}] of parts) {
    const count = calls > 0 ? `, ${calls} calls` : '';
    console.log(`  ${part}: ${((100 * ms) / shortest).toFixed(0)} % (${ms.toFixed(2)} ms${count})`);
  }
}
