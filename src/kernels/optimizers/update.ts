import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../shared';

/** A pass of an optimizer over a variable and what is kept of it. */
export const OPTIMIZER_UPDATE = 'OptimizerUpdate';

/** What a pass does, by the inputs and numbers that it takes besides `value`, the variable, and `gradient`. */
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

/** What a kernel is called with. Its inputs are the states in order, the gradient, then the scalars. */
export interface UpdateAttrs {
  update: UpdateName;
  /** Names of the inputs that are states, `value` first: the results are what follows them, in this order. */
  states: string[];
  numbers: Record<string, number>;
}

export interface UpdateCall<Backend> {
  inputs: Record<string, TensorInfo>;
  attrs: UpdateAttrs;
  backend: Backend;
}

// Tells whether the kernel can run now. The symbol is global, for this module may be loaded twice: as CommonJS and as ESM.
const IS_READY = Symbol.for('tfjs-longtail/update-is-ready');

type UpdateKernel<Backend> = KernelConfig & {[IS_READY]?: (backend: Backend) => boolean};

/** The kernel of a backend as tfjs registers it. */
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
