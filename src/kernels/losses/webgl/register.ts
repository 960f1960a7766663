import * as tfc from '@tensorflow/tfjs-core';
import {LOSS_KERNELS, registerGpuLosses} from '../gpu/register_losses';
import {elementKernels} from './element';
import {sigmoidKernels} from './sigmoid';
import {softmaxKernels} from './softmax';

/** Registers the losses' kernels for tfjs's WebGL backend. On WebGL 1 the losses stay composed of tfjs ops. */
export function registerWebglLosses(): void {
  const kernels = () => ({sigmoid: sigmoidKernels, softmax: softmaxKernels, element: elementKernels});
  registerGpuLosses('webgl', kernels, withdrawFromWebgl1);
  // A backend that is running already calls no setup.
  if (tfc.engine().registry.webgl != null) withdrawFromWebgl1();
}

// The shaders need what WebGL 1 lacks: 32-bit integers, bits of floats and `texelFetch`.
function withdrawFromWebgl1(): void {
  if (tfc.env().getNumber('WEBGL_VERSION') !== 1) return;
  for (const name of LOSS_KERNELS) {
    if (tfc.getKernel(name, 'webgl') != null) tfc.unregisterKernel(name, 'webgl');
  }
}
