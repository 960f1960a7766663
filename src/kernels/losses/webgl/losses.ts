import type {WebglBackend} from '../../webgl/run';
import type {GpuLosses} from '../gpu/register_losses';
import {elementKernels} from './element';
import {sigmoidKernels} from './sigmoid';
import {softmaxKernels} from './softmax';

/** The losses' kernels for tfjs's WebGL backend. */
export function webglLosses(): GpuLosses<WebglBackend> {
  return {sigmoid: sigmoidKernels, softmax: softmaxKernels, element: elementKernels};
}
