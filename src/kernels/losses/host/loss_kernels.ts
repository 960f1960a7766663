import type {KernelConfig, KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {FUSED_ROWS, type LossKernels, TAIL_SIGMOID, TAIL_SOFTMAX} from '../kernel_names';
import type {LossAttrs} from '../registered_pass';
import type {FusedAttrs} from '../simd/fused_attrs';

/** Arguments of a loss's forward kernel. */
export interface ForwardCall<Backend> {
  inputs: {logits: TensorInfo; labels: TensorInfo};
  attrs: LossAttrs & {differentiable: boolean};
  backend: Backend;
}

/** Arguments of the kernel for fused rows. */
export interface FusedCall<Backend> {
  inputs: {logits: TensorInfo; labels: TensorInfo};
  attrs: FusedAttrs;
  backend: Backend;
}

/** Arguments of a loss's gradient kernel. `saved` is the gradient scaled by `foldedUpstream`, see ../upstream.ts. */
export interface GradientCall<Backend> {
  inputs: {dy: TensorInfo; saved: TensorInfo};
  attrs: LossAttrs & {last: boolean};
  backend: Backend;
}

/** The kernels of one backend whose memory JavaScript reads. */
export interface HostKernels<Backend> {
  forward(family: 'sigmoid' | 'softmax', call: ForwardCall<Backend>): TensorInfo[];
  fused(call: FusedCall<Backend>): TensorInfo[];
  gradient(call: GradientCall<Backend>): TensorInfo;
}

/**
 * Registers the kernels of both families for a backend, unless they are registered already.
 *
 * @param setupFunc Called by tfjs whenever it makes the backend the current one.
 */
export function registerHostKernels<Backend>(
  backendName: string,
  kernels: HostKernels<Backend>,
  setupFunc?: () => void,
): void {
  const families: ['sigmoid' | 'softmax', LossKernels][] = [
    ['sigmoid', TAIL_SIGMOID],
    ['softmax', TAIL_SOFTMAX],
  ];
  const fused = (call: unknown) => kernels.fused(call as FusedCall<Backend>);
  register({kernelName: FUSED_ROWS, backendName, kernelFunc: fused as KernelFunc, setupFunc});
  for (const [family, names] of families) {
    const forward = (call: unknown) => kernels.forward(family, call as ForwardCall<Backend>);
    const gradient = (call: unknown) => kernels.gradient(call as GradientCall<Backend>);
    register({kernelName: names.forward, backendName, kernelFunc: forward as KernelFunc, setupFunc});
    register({kernelName: names.gradient, backendName, kernelFunc: gradient as KernelFunc});
  }
}

function register(config: KernelConfig): void {
  if (tfc.getKernel(config.kernelName, config.backendName) == null) tfc.registerKernel(config);
}
