import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import type {KernelFunc, NamedAttrMap, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

export type {BackendWasm};

/** tfjs's call of a kernel: the inputs of these names, and its attributes. */
export interface KernelCall<Names extends string, Attrs> {
  inputs: Record<Names, TensorInfo>;
  attrs: Attrs;
  backend: BackendWasm;
}

/** Gives the call the types that a kernel of ours is written for. */
export function callOf<Call extends KernelCall<string, unknown>>(params: Parameters<KernelFunc>[0]): Call {
  // tfjs's types give all registered kernels the same signature.
  return params as unknown as Call;
}

/** A kernel that replaces one of tfjs's on the wasm backend, or fills a gap. */
export interface Replacement {
  kernelName: string;
  /** Makes the kernel, given the one it replaces, which it may call. */
  around(original: KernelFunc): KernelFunc;
}

/** Runs a registered kernel of the wasm backend on tensors unknown to tfjs's engine. */
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

/** Views a tensor's memory. Any allocation may move the wasm heap and detach the view, so make all outputs first. */
export function floats(backend: BackendWasm, info: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}
