import type {KernelConfig, KernelFunc} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {batchMatMul} from './batch_mat_mul';
import {cast} from './cast';
import {conv2DBackpropFilter} from './conv2d_backprop_filter';
import {conv2DBackpropInput} from './conv2d_backprop_input';
import {identity} from './identity';
import type {Replacement} from './kernel';
import {maxPoolGrad} from './max_pool_grad';
import {mean} from './mean';
import {sum} from './sum';

const REPLACEMENTS: Replacement[] = [
  batchMatMul, conv2DBackpropInput, maxPoolGrad, sum, mean, identity, cast];

/** On a kernel's configuration: it is ours. A global symbol, for this module may be loaded as CommonJS and as ESM. */
const OURS = Symbol.for('tfjs-longtail/wasm');

/**
 * Registers the kernels ... 
 */
export function registerWasmTrainingKernels(): void {
  if (!tfc.getKernel(tfc.Conv2DBackpropFilter, 'wasm')) {
    tfc.registerKernel({
      kernelName: tfc.Conv2DBackpropFilter,
      backendName: 'wasm',
      kernelFunc: conv2DBackpropFilter as unknown as KernelFunc,
      setupFunc: replaceKernels,
    });
  }
  replaceKernels();
}

function replaceKernels(): void {
  for (const {kernelName, around} of REPLACEMENTS) {
    const original: (KernelConfig & {[OURS]?: true}) | undefined = tfc.getKernel(kernelName, 'wasm');
    if (!original || original[OURS]) continue;
    tfc.unregisterKernel(kernelName, 'wasm');
    tfc.registerKernel({...original, kernelFunc: around(original.kernelFunc), [OURS]: true} as KernelConfig);
  }
}
