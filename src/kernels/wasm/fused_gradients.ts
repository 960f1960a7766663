import type {GradFunc, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {BackendWasm} from './kernel';
import {simdModule} from './simd/module';

// Marks a gradient that is ours. The symbol is global, for this module may be loaded twice: as CommonJS and as ESM.
const FUSED = Symbol.for('tfjs-longtail/fused-gradient');

/** The gradient of a kernel by kernels of ours; null where they do not fit, and tfjs's own is to be taken. */
type FusedGradient<Attrs> = (dy: Tensor, saved: Tensor[], attrs: Attrs) => ReturnType<GradFunc> | null;

/**
 * Replaces the gradient of a kernel on wasm, where there is SIMD. A gradient that is itself differentiated stays composed
 * of tfjs's ops, whose gradients are known.
 */
export function fuseGradient<Attrs>(kernelName: string, fused: FusedGradient<Attrs>): void {
  const original = tfc.getGradient(kernelName);
  // Without tfjs-layers or the union package nobody has registered gradients, and there is nothing to train.
  if (original === undefined || FUSED in original) return;
  const gradFunc: GradFunc = (dy, saved, attrs) =>
    // Of all kernels, tfjs's types say the same attributes.
    (suits(dy as Tensor, saved) ? fused(dy as Tensor, saved, attrs as Attrs) : null) ??
    original.gradFunc(dy, saved, attrs);
  const config: tfc.GradConfig & {[FUSED]: true} = {...original, gradFunc, [FUSED]: true};
  tfc.registerGradient(config);
}

function suits(dy: Tensor, saved: Tensor[]): boolean {
  if (tfc.getBackend() !== 'wasm' || tfc.engine().state.gradientDepth > 0) return false;
  // What an op was called without is saved as undefined.
  const floats = [dy, ...saved].every((tensor) => tensor == null || tensor.dtype === 'float32');
  return floats && simdModule(tfc.backend() as BackendWasm) != null;
}
