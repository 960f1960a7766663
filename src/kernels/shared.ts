import type {
  KernelBackend,
  KernelFunc,
  NamedAttrMap,
  NamedTensorMap,
  Tensor,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** `kernel` as tfjs registers it. */
export function asKernelFunc(kernel: (call: never) => TensorInfo | TensorInfo[]): KernelFunc {
  // Of all kernels in its registry, tfjs's types say the same call.
  return kernel as unknown as KernelFunc;
}

/** Runs a kernel of the current backend. Its attributes may be of types that tfjs's do not know, such as typed arrays. */
export function runKernel<T extends Tensor | Tensor[]>(
  kernelName: string,
  inputs: NamedTensorMap,
  attrs: object,
): T {
  return tfc.engine().runKernel(kernelName, inputs, attrs as NamedAttrMap);
}

/** The same data once more, with one more owner. */
export function shared({dataId, shape, dtype}: TensorInfo, backend: KernelBackend): TensorInfo {
  backend.incRef(dataId);
  return {dataId, shape, dtype};
}
