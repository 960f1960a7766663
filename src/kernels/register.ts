import {registerCpuLosses} from './cpu/tail_loss';
import {registerNodeLosses} from './tensorflow/tail_loss';
import {registerWasmLosses} from './wasm/tail_loss';
import {registerWebglLosses} from './webgl/register';
import {registerWebgpuLosses} from './webgpu/register';

/**
 * Registers the losses' kernels with tfjs, for every backend that has its own. Nothing is compiled or allocated before a
 * loss is first computed, and a backend's package may be imported before or after. Idempotent.
 */
export function registerLossKernels(): void {
  registerCpuLosses();
  registerNodeLosses();
  registerWasmLosses();
  registerWebglLosses();
  registerWebgpuLosses();
}
