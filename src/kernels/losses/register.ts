import {guardContext} from '../webgl/lost_context';
import {registerCpuKernels} from './host/cpu';
import {registerNodeLosses} from './host/tensorflow';
import {registerWasmLosses} from './host/wasm';
import {registerWebglLosses} from './webgl/register';
import {registerWebgpuLosses} from './webgpu/register';

/**
 * Registers the losses' kernels with tfjs, for every backend that has its own. Nothing is compiled or allocated before a
 * loss is first computed, and a backend's package may be imported before or after. On the cpu backend, gradients that
 * tfjs has wrong are replaced; on WebGL, a lost context becomes an error. Idempotent.
 */
export function registerLossKernels(): void {
  registerCpuKernels();
  registerNodeLosses();
  registerWasmLosses();
  registerWebglLosses();
  guardContext();
  registerWebgpuLosses();
}
