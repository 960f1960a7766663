import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {useBackend} from './backends';
import {leaveBehind} from './leave_behind';

/** Runs on the wasm backend, which hands out memory that still holds 10⁶ of what used it before. */
export async function onUsedMemory<T>(run: () => T | Promise<T>): Promise<T> {
  await useBackend('wasm');
  const restore = leaveBehind(1e6);
  try {
    return await run();
  } finally {
    restore();
  }
}

interface Outcome {
  shape: number[];
  dtype: string;
  values: number[];
}

function outcomes(compute: () => tf.Tensor | tf.Tensor[]): Outcome[] {
  const read = (x: tf.Tensor) => ({shape: x.shape, dtype: x.dtype, values: [...x.dataSync()]});
  return tf.tidy(() => [compute()].flat().map(read) as never);
}

/** That each computation gives the same on wasm, in memory that was used, as on cpu; and leaves the heap as it was. */
export async function sameOnUsedMemory(
  t: ExecutionContext,
  cases: Record<string, () => tf.Tensor | tf.Tensor[]>,
): Promise<void> {
  await useBackend('cpu');
  const all = Object.entries(cases).map(([name, compute]) => ({name, compute, cpu: outcomes(compute)}));
  await onUsedMemory(() => {
    for (const {name, compute, cpu} of all) {
      const before = tf.memory().numTensors + tf.backend().numDataIds();
      const wasm = outcomes(compute);
      const same = wasm.length === cpu.length && wasm.every((outcome, i) => isSame(outcome, cpu[i]));
      t.true(same, `${name}: ${JSON.stringify(wasm)} instead of ${JSON.stringify(cpu)}`);
      t.is(tf.memory().numTensors + tf.backend().numDataIds(), before, `${name}: memory is left behind`);
      t.true(heapIsSound(), `${name}: something was written out of bounds`);
    }
  });
}

function isSame(actual: Outcome, expected: Outcome): boolean {
  const close = (value: number, i: number) =>
    Object.is(value, expected.values[i]) || Math.abs(value - expected.values[i]) < 1e-6;
  return (
    actual.shape.join() === expected.shape.join() &&
    actual.dtype === expected.dtype &&
    actual.values.length === expected.values.length &&
    actual.values.every(close)
  );
}

// Whoever writes past the end of its memory breaks the lists that malloc keeps between allocations.
function heapIsSound(): boolean {
  return tf.tidy(() => {
    for (const size of [1, 3, 17, 100, 1000, 30_000]) tf.zeros([size]);
    const product = tf.matMul(tf.ones([9, 40]), tf.ones([40, 8])).dataSync();
    return product.every((value) => value === 40);
  });
}

/** The gradients of Σ op(…) by all of its arguments. */
export function gradientsOf(op: (...inputs: never[]) => tf.Tensor, ...inputs: tf.Tensor[]): tf.Tensor[] {
  return tf.grads((...args: tf.Tensor[]) => tf.sum(op(...(args as never[]))))(inputs);
}
