import type {ClipByValueAttrs, KernelConfig, Tensor, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc, runKernel} from '../shared';
import {fuseGradient} from './fused_gradients';
import {callOf, type KernelCall} from './kernel';
import {addressOf} from './memory';
import {type SimdModule, simdModule} from './simd/module';

const CLIPPED_GRADIENT = 'ClippedGradient';

/** The bounds of x between which the gradient is dy; elsewhere it is 0. */
interface Bounds {
  low: number;
  high: number;
  /** relu: x = low is outside, where dy is multiplied by 0 so that non-finite values show. */
  relu: boolean;
}

function clippedGradient({inputs, attrs, backend}: KernelCall<'dy' | 'x', Bounds>): TensorInfo {
  const {dy, x} = inputs;
  const dx = backend.makeOutput(x.shape, 'float32');
  const [from, at, to] = [dy, x, dx].map((info) => addressOf(backend, info));
  const count = tfc.util.sizeFromShape(x.shape);
  const module = simdModule(backend) as SimdModule;
  if (attrs.relu) module.reluGradient(from, at, to, count, attrs.high);
  else module.clipGradient(from, at, to, count, attrs.low, attrs.high);
  return dx;
}

const kernel: KernelConfig = {
  kernelName: CLIPPED_GRADIENT,
  backendName: 'wasm',
  kernelFunc: asKernelFunc((params: Parameters<KernelConfig['kernelFunc']>[0]) =>
    clippedGradient(callOf(params)),
  ),
};

const run = (dy: Tensor, x: Tensor, bounds: Bounds) => runKernel<Tensor>(CLIPPED_GRADIENT, {dy, x}, bounds);

/** Computes the gradients of relu, relu6 and clipByValue in one pass instead of by masks, casts and products. */
export function fuseClippedGradients(): void {
  if (!tfc.getKernel(CLIPPED_GRADIENT, 'wasm')) tfc.registerKernel(kernel);
  fuseGradient(tfc.Relu, (dy, [x]) => ({
    x: () => run(dy, x, {low: 0, high: Number.POSITIVE_INFINITY, relu: true}),
  }));
  fuseGradient(tfc.Relu6, (dy, [x]) => ({x: () => run(dy, x, {low: 0, high: 6, relu: true})}));
  fuseGradient<ClipByValueAttrs>(tfc.ClipByValue, (dy, [x], {clipValueMin: low, clipValueMax: high}) => ({
    x: () => run(dy, x, {low, high, relu: false}),
  }));
}
