import {registerCpuKernels} from './cpu/tail_loss';
import {registerNodeLosses} from './tensorflow/tail_loss';
import {registerWasmLosses} from './wasm/tail_loss';
import {registerWebglLosses} from './webgl/register';
import {registerWebgpuLosses} from './webgpu/register';

/**
 * Registers the losses' kernels with tfjs, for every backend that has its own. Nothing is compiled or allocated before a
 * loss is first computed, and a backend's package may be imported before or after. On the cpu backend, gradients that
 * tfjs has wrong are replaced. Idempotent.
 */
export function registerLossKernels(): void {
  registerCpuKernels();
  registerNodeLosses();
  registerWasmLosses();
  registerWebglLosses();
  registerWebgpuLosses();
}
