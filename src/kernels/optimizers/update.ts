import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../shared';

/** The kernel of an optimizer's pass over a variable and its states. */
export const OPTIMIZER_UPDATE = 'OptimizerUpdate';

/** The kinds of update, by the inputs and numbers that each takes besides the variable `value` and its `gradient`. */
export interface Updates {
  adam: {
    states: 'first' | 'second';
    scalars: 'accBeta1' | 'accBeta2';
    numbers: 'beta1' | 'rest1' | 'beta2' | 'rest2' | 'epsilon' | 'minusRate';
  };
  descend: {states: never; scalars: 'minusRate'; numbers: never};
  momentum: {states: 'velocity'; scalars: 'minusRate' | 'mu'; numbers: never};
  nesterov: {states: 'velocity'; scalars: 'minusRate' | 'mu'; numbers: never};
  rmsProp: {
    states: 'square' | 'moment';
    scalars: never;
    numbers: 'decay' | 'rest' | 'mu' | 'epsilon' | 'rate';
  };
}

export type UpdateName = keyof Updates;

/** Attributes of the kernel. Its inputs are the states in order, the gradient, then the scalars. */
export interface UpdateAttrs {
  update: UpdateName;
  /** Names of the inputs that are states, `value` first. The results are their next values, in this order. */
  states: string[];
  numbers: Record<string, number>;
}

export interface UpdateCall<Backend> {
  inputs: Record<string, TensorInfo>;
  attrs: UpdateAttrs;
  backend: Backend;
}

// Tells whether the kernel can run now. The symbol is global, as this module may be loaded twice: as CommonJS and as
// ESM.
const IS_READY = Symbol.for('tfjs-longtail/update-is-ready');

type UpdateKernel<Backend> = KernelConfig & {[IS_READY]?: (backend: Backend) => boolean};

/** A backend's kernel, as tfjs registers it. */
export function updateKernel<Backend>(
  backendName: string,
  kernel: (call: UpdateCall<Backend>) => TensorInfo[],
  isReady: (backend: Backend) => boolean,
): KernelConfig {
  const config: UpdateKernel<Backend> = {
    kernelName: OPTIMIZER_UPDATE,
    backendName,
    kernelFunc: asKernelFunc(kernel),
    [IS_READY]: isReady,
  };
  return config;
}

/** Whether the current backend has the kernel and can run it. */
export function canUpdate(): boolean {
  const kernel = tfc.getKernel(OPTIMIZER_UPDATE, tfc.getBackend()) as UpdateKernel<unknown> | undefined;
  return kernel?.[IS_READY]?.(tfc.backend()) === true;
}
