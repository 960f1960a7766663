import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {BackendWasm} from './kernel';

/** The memory of tfjs's wasm backend. */
export function memoryOf({wasm}: BackendWasm): WebAssembly.Memory {
  // tfjs's threaded module imports its memory, the other one has it from its WebAssembly instance.
  const {wasmMemory, asm} = wasm as unknown as {
    wasmMemory?: WebAssembly.Memory;
    asm?: {memory?: WebAssembly.Memory};
  };
  const memory = wasmMemory ?? asm?.memory;
  if (memory == null) throw new Error('This version of @tensorflow/tfjs-backend-wasm hides its memory.');
  return memory;
}

/** The address of a tensor in it. */
export const addressOf = (backend: BackendWasm, {dataId}: TensorInfo) => backend.getMemoryOffset(dataId);
