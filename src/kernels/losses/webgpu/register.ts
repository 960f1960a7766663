import {registerGpuLosses} from '../gpu/register_losses';
import {webgpuLosses} from './losses';

/** Registers the losses' kernels for tfjs's WebGPU backend. */
export function registerWebgpuLosses(): void {
  registerGpuLosses('webgpu', webgpuLosses);
}
