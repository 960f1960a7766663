import type {WebgpuBackend} from '../../webgpu/run';
import type {GpuLosses} from '../gpu/register_losses';
import {elementKernels} from './element';
import {sigmoidKernels} from './sigmoid';
import {softmaxKernels} from './softmax';

/** The losses' kernels for tfjs's WebGPU backend. */
export function webgpuLosses(): GpuLosses<WebgpuBackend> {
  return {sigmoid: sigmoidKernels, softmax: softmaxKernels, element: elementKernels};
}
