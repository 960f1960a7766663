import * as tfc from '@tensorflow/tfjs-core';

const HOST_BACKENDS = new Set(['cpu', 'wasm', 'tensorflow']);

/** Whether JavaScript reads the current backend's tensors synchronously, so that one pass can replace many ops. */
export function onHostBackend(): boolean {
  return HOST_BACKENDS.has(tfc.getBackend());
}
