import {guardContext} from '../webgl/lost_context';
import {registerCpuKernels} from './host/cpu';
import {registerNodeLosses} from './host/tensorflow';
import {registerWasmLosses} from './host/wasm';
import {registerWebglLosses} from './webgl/register';
import {registerWebgpuLosses} from './webgpu/register';

/**
 * Registers the losses' kernels with tfjs for every backend that has its own. Nothing is compiled or allocated before a
 * loss is first computed, and a backend's package may be imported before or after. Also replaces gradients that tfjs
 * gets wrong on the cpu backend, and turns a lost WebGL context into an error. Idempotent.
 */
export function registerLossKernels(): void {
  registerCpuKernels();
  registerNodeLosses();
  registerWasmLosses();
  registerWebglLosses();
  guardContext();
  registerWebgpuLosses();
}
