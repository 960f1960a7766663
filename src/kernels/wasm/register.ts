import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {fuseOptimizers} from '../optimizers/register';
import {asKernelFunc} from '../shared';
import {add} from './add';
import {avgPoolGrad} from './avg_pool_grad';
import {batchMatMul} from './batch_mat_mul';
import {batchNorm, fuseBatchNormGradient} from './batch_norm';
import {cast} from './cast';
import {fuseClippedGradients} from './clipped_gradients';
import {conv2D} from './conv2d';
import {conv2DBackpropFilter} from './conv2d_backprop_filter';
import {conv2DBackpropInput} from './conv2d_backprop_input';
import {conv3DBackpropFilter} from './conv3d_backprop_filter';
import {conv3DBackpropInput} from './conv3d_backprop_input';
import {depthwiseConv2dBackpropFilter} from './depthwise_conv2d_backprop_filter';
import {depthwiseConv2dBackpropInput} from './depthwise_conv2d_backprop_input';
import {onEmptyInputs, UNSAFE_WHEN_EMPTY} from './empty_inputs';
import {fusedMatMul} from './fused_mat_mul';
import {identity} from './identity';
import type {Replacement} from './kernel';
import {log1p} from './log1p';
import {maxPool3D} from './max_pool_3d';
import {maxPool3DGrad} from './max_pool_3d_grad';
import {maxPoolGrad} from './max_pool_grad';
import {mean} from './mean';
import {optimizerUpdate} from './optimizer_update';
import {prelu} from './prelu';
import {fuseReductionGradients} from './reduction_gradients';
import {resizeGradients} from './resize_gradients';
import {samePadding} from './same_padding';
import {sum} from './sum';
import {tile} from './tile';
import {unsortedSegmentSum} from './unsorted_segment_sum';

/** Kernels that tfjs's wasm backend lacks. */
const ADDITIONS: [string, (call: never) => TensorInfo][] = [
  [tfc.Conv2DBackpropFilter, conv2DBackpropFilter],
  [tfc.DepthwiseConv2dNativeBackpropFilter, depthwiseConv2dBackpropFilter],
  [tfc.DepthwiseConv2dNativeBackpropInput, depthwiseConv2dBackpropInput],
  [tfc.UnsortedSegmentSum, unsortedSegmentSum],
];

/** If two have the same name, the later one replaces the earlier one. */
const REPLACEMENTS: Replacement[] = [
  add,
  avgPoolGrad,
  batchMatMul,
  batchNorm,
  cast,
  ...samePadding,
  conv2D,
  conv2DBackpropInput,
  conv3DBackpropFilter,
  conv3DBackpropInput,
  fusedMatMul,
  identity,
  log1p,
  maxPool3D,
  maxPool3DGrad,
  maxPoolGrad,
  mean,
  prelu,
  ...resizeGradients,
  sum,
  tile,
];

/** The replaced kernels, and those of tfjs that are only wrapped for inputs without elements. */
const REPLACED_NAMES = new Set([...REPLACEMENTS.map(({kernelName}) => kernelName), ...UNSAFE_WHEN_EMPTY]);

// Holds the kernel that one of ours replaces, if any, and marks ours. The symbol is global, as this module may be
// loaded twice: as CommonJS and as ESM.
const REPLACED = Symbol.for('tfjs-longtail/replaced-kernel');

/**
 * Makes tfjs's wasm backend train the usual layers. Adds the gradients that it lacks (of conv2d with respect to its
 * filter, of depthwise convolutions, and of gather, that is, of embeddings). Replaces the kernels that are wrong
 * (MaxPoolGrad, MaxPool3D and its gradient, the gradients of conv3d, Prelu, convolutions with 'same' padding whose
 * strides skip pixels), imprecise (Sum, Mean, Log1p) or slow in training (BatchMatMul with transposed inputs,
 * Conv2DBackpropInput, AvgPoolGrad, Tile, Cast, Identity). For inputs without elements, such as an image without boxes,
 * products, convolutions and reductions give the cpu backend's results instead of uninitialized memory.
 *
 * May be called any number of times, before or after `@tensorflow/tfjs-backend-wasm` is imported. Importing
 * `tfjs-longtail/kernels/wasm` calls it.
 */
export function registerWasmTrainingKernels(): void {
  for (const [kernelName, kernel] of ADDITIONS) {
    if (tfc.getKernel(kernelName, 'wasm')) continue;
    const config = {
      kernelName,
      backendName: 'wasm',
      kernelFunc: onEmptyInputs(kernelName, asKernelFunc(kernel)),
      // tfjs runs the setup when it makes the backend the current one. By then the backend has registered its own
      // kernels, whichever module was imported first.
      setupFunc: replaceKernels,
      [REPLACED]: null,
    };
    tfc.registerKernel(config);
  }
  replaceKernels();
  fuseClippedGradients();
  fuseBatchNormGradient();
  fuseReductionGradients();
  if (!tfc.getKernel(optimizerUpdate.kernelName, 'wasm')) tfc.registerKernel(optimizerUpdate);
  fuseOptimizers();
}

function replaceKernels(): void {
  for (const kernelName of REPLACED_NAMES) {
    const original: KernelConfig | undefined = tfc.getKernel(kernelName, 'wasm');
    if (!original || REPLACED in original) continue;
    const kernel = REPLACEMENTS.filter((replacement) => replacement.kernelName === kernelName).reduce(
      (inner, {around}) => around(inner),
      original.kernelFunc,
    );
    const config = {...original, kernelFunc: onEmptyInputs(kernelName, kernel), [REPLACED]: original};
    tfc.unregisterKernel(kernelName, 'wasm');
    tfc.registerKernel(config);
  }
}
