import {registerGpuLosses} from '../gpu/register_losses';
import {elementKernels} from './element';
import {sigmoidKernels} from './sigmoid';
import {softmaxKernels} from './softmax';

/** Registers the losses' kernels for tfjs's WebGPU backend. */
export function registerWebgpuLosses(): void {
  const kernels = () => ({sigmoid: sigmoidKernels, softmax: softmaxKernels, element: elementKernels});
  registerGpuLosses('webgpu', kernels);
}
