import type {KernelBackend, KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';

/** `kernel` as tfjs registers it. */
export function asKernelFunc(kernel: (call: never) => TensorInfo | TensorInfo[]): KernelFunc {
  // Of all kernels in its registry, tfjs's types say the same call.
  return kernel as unknown as KernelFunc;
}

/** The same data once more, with one more owner. */
export function shared({dataId, shape, dtype}: TensorInfo, backend: KernelBackend): TensorInfo {
  backend.incRef(dataId);
  return {dataId, shape, dtype};
}
