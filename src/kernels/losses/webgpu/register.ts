import {registerGpuLosses} from '../gpu/register_losses';
import {sigmoidKernels} from './sigmoid';
import {softmaxKernels} from './softmax';

/** Registers the losses' kernels for tfjs's WebGPU backend. */
export function registerWebgpuLosses(): void {
  registerGpuLosses('webgpu', sigmoidKernels, softmaxKernels);
}
