import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {UploadingBackend} from '../../gpu/uploading_backend';

interface Entry {
  tail: Float64Array;
  beta: number;
  info: TensorInfo;
}

/** A model has few losses, and a loss has few β; only a live counter keeps making new T_λ(f). */
const CAPACITY = 16;
const uploads = new WeakMap<UploadingBackend, Entry[]>();

/**
 * 1 − β · T_λ(f_j) as a `[C]` float32 tensor, rounded once from float64: near T = 1 a float32 difference has few digits
 * left. Uploaded once per `tail` array; the backend keeps it.
 */
export function keptWeights(backend: UploadingBackend, tail: Float64Array, beta: number): TensorInfo {
  const entries = uploads.get(backend) ?? [];
  uploads.set(backend, entries);
  const at = entries.findIndex((entry) => entry.tail === tail && entry.beta === beta);
  const entry = at >= 0 ? entries.splice(at, 1)[0] : {tail, beta, info: upload(backend, tail, beta)};
  entries.push(entry);
  // Evict the least recently used.
  if (entries.length > CAPACITY) backend.disposeData(entries.splice(0, 1)[0].info.dataId);
  return entry.info;
}

function upload(backend: UploadingBackend, tail: Float64Array, beta: number): TensorInfo {
  return backend.makeTensorInfo(
    [tail.length],
    'float32',
    Float32Array.from(tail, (t) => 1 - beta * t),
  );
}
