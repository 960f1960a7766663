import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {useBackend} from './backends';

/**
 * What a computation gives on the cpu and on the wasm backend. On wasm it must leave no tensor behind, and no kernel
 * any memory (tfjs checks each one while its IS_TEST flag is set).
 */
export async function onBothBackends(
  t: ExecutionContext,
  compute: () => tf.Tensor[],
): Promise<{cpu: Float32Array[]; wasm: Float32Array[]}> {
  const values = () => tf.tidy(() => compute().map((tensor) => tensor.dataSync<'float32'>()));
  await useBackend('cpu');
  const cpu = values();
  await useBackend('wasm');
  tf.env().set('IS_TEST', true);
  const before = [tf.memory().numTensors, tf.backend().numDataIds()];
  const wasm = values();
  t.deepEqual([tf.memory().numTensors, tf.backend().numDataIds()], before, 'memory is left behind');
  return {cpu, wasm};
}

/**
 * Small integers, the same for the same seed. Sums of their products are whole numbers below 2²⁴, which float32 holds
 * without rounding, so that two implementations must agree exactly, in whatever order they add up.
 */
export function integers(shape: number[], seed: number): tf.Tensor {
  let state = seed >>> 0;
  const values = Float32Array.from({length: tf.util.sizeFromShape(shape)}, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 16) % 9) - 4;
  });
  return tf.tensor(values, shape, 'float32');
}
