import type {KernelSetupFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../../shared';
import {ELEMENT, type LossKernels, TAIL_SIGMOID, TAIL_SOFTMAX} from '../kernel_names';
import type {ElementAttrs, LabelAttrs, LossAttrs} from '../registered_pass';
import type {GradientCall, LossCall} from './loss_call';

/** The kernels of one kind of loss on one backend. */
export interface GpuKernels<Backend, Attrs extends LabelAttrs = LossAttrs> {
  /** The losses `[rows]` and, if differentiable, what the gradient needs. */
  forward(call: LossCall<Backend, Attrs>): TensorInfo[];
  /** dy_r · ∂loss_r/∂z, `[rows, C]`. */
  gradient(call: GradientCall<Backend, Attrs>): TensorInfo;
}

/** All kernels of one backend. */
export interface GpuLosses<Backend> {
  sigmoid: GpuKernels<Backend>;
  softmax: GpuKernels<Backend>;
  element: GpuKernels<Backend, ElementAttrs>;
}

const NAMES: Record<keyof GpuLosses<unknown>, LossKernels> = {
  sigmoid: TAIL_SIGMOID,
  softmax: TAIL_SOFTMAX,
  element: ELEMENT,
};

export const LOSS_KERNELS = Object.values(NAMES).flatMap(({forward, gradient}) => [forward, gradient]);

/**
 * Registers a backend's kernels, whether or not its module has been or ever will be imported.
 *
 * @param losses Called when a loss is first computed, as few programs use every backend.
 * @param setup Called when the backend starts.
 */
export function registerGpuLosses<Backend>(
  backendName: string,
  losses: () => GpuLosses<Backend>,
  setup?: KernelSetupFunc,
): void {
  for (const kind of ['sigmoid', 'softmax', 'element'] as const) {
    for (const half of ['forward', 'gradient'] as const) {
      const kernelName = NAMES[kind][half];
      if (tfc.getKernel(kernelName, backendName) != null) continue;
      const kernelFunc = asKernelFunc((call: never) => losses()[kind][half](call));
      tfc.registerKernel({kernelName, backendName, kernelFunc, setupFunc: setup});
    }
  }
}
