import type {KernelSetupFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../../shared';
import {type LossKernels, TAIL_SIGMOID, TAIL_SOFTMAX} from '../kernel_names';
import type {GradientCall, LossCall} from './loss_call';

/** The kernels of one family on one backend. */
export interface FamilyKernels<Backend> {
  /** The losses `[rows]` and, if differentiable, what the gradient needs. */
  forward(call: LossCall<Backend>): TensorInfo[];
  /** dy_r · ∂loss_r/∂z, `[rows, C]`. */
  gradient(call: GradientCall<Backend>): TensorInfo;
}

export const LOSS_KERNELS = [TAIL_SIGMOID, TAIL_SOFTMAX].flatMap(({forward, gradient}) => [
  forward,
  gradient,
]);

/**
 * Registers the kernels of both families for a backend, whether or not its module was imported, or ever will be.
 *
 * @param setup Called when the backend starts.
 */
export function registerGpuLosses<Backend>(
  backendName: string,
  sigmoid: FamilyKernels<Backend>,
  softmax: FamilyKernels<Backend>,
  setup?: KernelSetupFunc,
): void {
  const families: [LossKernels, FamilyKernels<Backend>][] = [
    [TAIL_SIGMOID, sigmoid],
    [TAIL_SOFTMAX, softmax],
  ];
  for (const [names, {forward, gradient}] of families) {
    for (const [kernelName, kernelFunc] of [
      [names.forward, asKernelFunc(forward)],
      [names.gradient, asKernelFunc(gradient)],
    ] as const) {
      if (tfc.getKernel(kernelName, backendName) != null) continue;
      tfc.registerKernel({kernelName, backendName, kernelFunc, setupFunc: setup});
    }
  }
}
