import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import type {KernelFunc, NamedAttrMap, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

export type {BackendWasm};

/** What tfjs calls a kernel with: the inputs of these names and its attributes. */
export interface KernelCall<Names extends string, Attrs> {
  inputs: Record<Names, TensorInfo>;
  attrs: Attrs;
  backend: BackendWasm;
}

/** The call that a kernel of ours is written for. */
export function callOf<Call extends KernelCall<string, unknown>>(params: Parameters<KernelFunc>[0]): Call {
  // Of all kernels in its registry, tfjs's types say the same call.
  return params as unknown as Call;
}

/** A kernel of the wasm backend that replaces tfjs's own, or fills a gap where there is none. */
export interface Replacement {
  kernelName: string;
  /** The kernel, given the one it replaces, which it may call. */
  around(original: KernelFunc): KernelFunc;
}

/** Runs a registered kernel of the wasm backend on tensors that tfjs's engine doesn't know of. */
export function run(
  kernelName: string,
  backend: BackendWasm,
  inputs: Record<string, TensorInfo>,
  attrs: object,
): TensorInfo {
  const kernel = tfc.getKernel(kernelName, 'wasm');
  return kernel.kernelFunc({inputs, backend, attrs: attrs as NamedAttrMap}) as TensorInfo;
}

/** Frees intermediate results: the engine tracks only what a kernel returns. */
export function release(backend: BackendWasm, ...infos: TensorInfo[]): void {
  for (const info of infos) backend.disposeData(info.dataId);
}

/** The same data under another shape. */
export function reshaped(info: TensorInfo, shape: number[]): TensorInfo {
  return {dataId: info.dataId, shape, dtype: info.dtype};
}

/**
 * A view of a tensor's memory. Any allocation may move the wasm heap and leave the view empty, so make all outputs
 * first.
 */
export function floats(backend: BackendWasm, info: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}
