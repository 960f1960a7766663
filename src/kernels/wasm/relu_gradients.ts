import type {KernelConfig, NamedAttrMap, Tensor, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../shared';
import {type BackendWasm, callOf, type KernelCall} from './kernel';
import {addressOf} from './memory';
import {type SimdModule, simdModule} from './simd/module';

const RELU_GRADIENT = 'ReluGradient';
/** Of the gradients that are ours; global, for this module may be loaded twice: as CommonJS and as ESM. */
const FUSED = Symbol.for('tfjs-longtail/fused-gradient');

/** Relu's cap on x, beyond which the gradient is 0. */
const CAPS = {[tfc.Relu]: Number.POSITIVE_INFINITY, [tfc.Relu6]: 6};

function reluGradient({inputs, attrs, backend}: KernelCall<'dy' | 'x', {cap: number}>): TensorInfo {
  const {dy, x} = inputs;
  const dx = backend.makeOutput(x.shape, 'float32');
  const [from, at, to] = [dy, x, dx].map((info) => addressOf(backend, info));
  const count = tfc.util.sizeFromShape(x.shape);
  (simdModule(backend) as SimdModule).reluGradient(from, at, to, count, attrs.cap);
  return dx;
}

const kernel: KernelConfig = {
  kernelName: RELU_GRADIENT,
  backendName: 'wasm',
  kernelFunc: asKernelFunc((params: Parameters<KernelConfig['kernelFunc']>[0]) =>
    reluGradient(callOf(params)),
  ),
};

const run = (dy: Tensor, x: Tensor, cap: number) =>
  tfc.engine().runKernel(RELU_GRADIENT, {dy, x}, {cap} as unknown as NamedAttrMap) as Tensor;

/** Computes the gradients of relu and relu6 on wasm in one pass instead of a mask, its cast and a product. */
export function fuseReluGradients(): void {
  if (!tfc.getKernel(RELU_GRADIENT, 'wasm')) {
    tfc.registerKernel(kernel);
    // For the second derivative: linear in dy, and piecewise constant in x.
    tfc.registerGradient({
      kernelName: RELU_GRADIENT,
      inputsToSave: ['x'],
      gradFunc: (dy, [x], attrs) => ({
        dy: () => run(dy as Tensor, x, (attrs as unknown as {cap: number}).cap),
        x: () => tfc.zerosLike(x),
      }),
    });
  }
  for (const [kernelName, cap] of Object.entries(CAPS)) {
    const original = tfc.getGradient(kernelName);
    if (FUSED in original) continue;
    const config: tfc.GradConfig & {[FUSED]: true} = {
      ...original,
      [FUSED]: true,
      gradFunc: (dy, saved, attrs) => {
        const [x] = saved;
        const simd = tfc.getBackend() === 'wasm' && simdModule(tfc.backend() as BackendWasm) != null;
        if (!simd || x.dtype !== 'float32') return original.gradFunc(dy, saved, attrs);
        return {x: () => run(dy as Tensor, x, cap)};
      },
    };
    tfc.registerGradient(config);
  }
}
