import * as tf from '@tensorflow/tfjs';
import {useBackend} from './backends';

interface WasmModule {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const moduleOf = (backend: tf.KernelBackend) => (backend as unknown as {wasm: WasmModule}).wasm;

// tfjs's heap stands at 2 GiB at most.
const LARGEST = 1.6 * 2 ** 30;

/** Makes the wasm heap grow, which detaches every view of it. What is taken for that is not given back. */
export function growHeap(backend: tf.KernelBackend): void {
  const wasm = moduleOf(backend);
  const {buffer} = wasm.HEAPU8;
  while (wasm.HEAPU8.buffer === buffer) {
    if (wasm._malloc(2 ** 20) === 0) throw new Error('The wasm heap does not grow any more.');
  }
}

/** Whether the heap may still grow by a fifth, which it does each time. */
export const canGrow = (backend: tf.KernelBackend) => moduleOf(backend).HEAPU8.length < LARGEST;

/**
 * Counts the allocations in the wasm heap while `compute` runs, and makes the heap grow before those that `grows` picks by
 * their number, from 0.
 */
export async function whileGrowing<T>(
  backend: tf.KernelBackend,
  grows: (allocation: number) => boolean,
  compute: () => T | Promise<T>,
): Promise<{value: T; allocations: number; grown: number}> {
  const wasm = moduleOf(backend);
  // The first call puts another function in its own place.
  wasm._free(wasm._malloc(8));
  const {_malloc} = wasm;
  let allocations = 0;
  let grown = 0;
  wasm._malloc = (bytes) => {
    if (grows(allocations++)) {
      wasm._malloc = _malloc;
      growHeap(backend);
      wasm._malloc = counting;
      grown++;
    }
    return _malloc(bytes);
  };
  const counting = wasm._malloc;
  try {
    return {value: await compute(), allocations, grown};
  } finally {
    wasm._malloc = _malloc;
  }
}

/** A wasm backend with a heap as small as at first; what was on the one before is gone. */
export async function freshHeap(): Promise<tf.KernelBackend> {
  const factory = tf.findBackendFactory('wasm');
  if (tf.engine().registry.wasm != null) {
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory, 2);
  }
  await useBackend('wasm');
  return tf.backend();
}
