import * as tf from '@tensorflow/tfjs';
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

/** Makes all memory that the wasm backend hands out hold this value; returns what ends that. */
export function leaveBehind(value: number): () => void {
  const backend = tf.backend() as BackendWasm;
  const {makeOutput} = backend;
  backend.makeOutput = (shape, dtype, memoryOffset, values) => {
    const out = makeOutput.call(backend, shape, dtype, memoryOffset, values);
    const fresh = memoryOffset == null && values == null && dtype !== 'string';
    if (fresh) backend.typedArrayFromHeap(out).fill(value);
    return out;
  };
  return () => {
    backend.makeOutput = makeOutput;
  };
}
