import type {
  KernelBackend,
  KernelFunc,
  NamedAttrMap,
  NamedTensorMap,
  Tensor,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** Returns `kernel` as tfjs registers it. */
export function asKernelFunc(kernel: (call: never) => TensorInfo | TensorInfo[]): KernelFunc {
  // tfjs's types give all registered kernels the same signature.
  return kernel as unknown as KernelFunc;
}

/** Runs a kernel of the current backend. Its attributes may have types unknown to tfjs's, such as typed arrays. */
export function runKernel<T extends Tensor | Tensor[]>(
  kernelName: string,
  inputs: NamedTensorMap,
  attrs: object,
): T {
  return tfc.engine().runKernel(kernelName, inputs, attrs as NamedAttrMap);
}

/** Shares the same data with one more owner. */
export function shared({dataId, shape, dtype}: TensorInfo, backend: KernelBackend): TensorInfo {
  backend.incRef(dataId);
  return {dataId, shape, dtype};
}
