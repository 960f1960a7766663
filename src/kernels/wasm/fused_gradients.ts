import type {GradFunc, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {BackendWasm} from './kernel';
import {simdModule} from './simd/module';

// Marks our gradients. The symbol is global, as this module may be loaded twice: as CommonJS and as ESM.
const FUSED = Symbol.for('tfjs-longtail/fused-gradient');

/** A kernel's gradient by kernels of ours; null if they do not apply, and tfjs's own is to be used. */
type FusedGradient<Attrs> = (dy: Tensor, saved: Tensor[], attrs: Attrs) => ReturnType<GradFunc> | null;

/**
 * Replaces a kernel's gradient on wasm, with SIMD. A gradient that is itself differentiated stays composed of tfjs ops,
 * whose gradients are known.
 */
export function fuseGradient<Attrs>(kernelName: string, fused: FusedGradient<Attrs>): void {
  const original = tfc.getGradient(kernelName);
  // Without tfjs-layers or the union package, no gradients are registered and there is nothing to train.
  if (original === undefined || FUSED in original) return;
  const gradFunc: GradFunc = (dy, saved, attrs) =>
    // tfjs's types give all kernels the same attributes.
    (suits(dy as Tensor, saved) ? fused(dy as Tensor, saved, attrs as Attrs) : null) ??
    original.gradFunc(dy, saved, attrs);
  const config: tfc.GradConfig & {[FUSED]: true} = {...original, gradFunc, [FUSED]: true};
  tfc.registerGradient(config);
}

function suits(dy: Tensor, saved: Tensor[]): boolean {
  if (tfc.getBackend() !== 'wasm' || tfc.engine().state.gradientDepth > 0) return false;
  // Optional inputs of an op that were not given are saved as undefined.
  const floats = [dy, ...saved].every((tensor) => tensor == null || tensor.dtype === 'float32');
  return floats && simdModule(tfc.backend() as BackendWasm) != null;
}
