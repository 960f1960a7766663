import * as tfc from '@tensorflow/tfjs-core';
import {LOSS_KERNELS, registerGpuLosses} from '../gpu/register_losses';
import {webglLosses} from './losses';

/** Registers the losses' kernels for tfjs's WebGL backend. On WebGL 1 the losses stay composed of tfjs ops. */
export function registerWebglLosses(): void {
  registerGpuLosses('webgl', webglLosses, withdrawFromWebgl1);
  // No setup is called for a backend that is already running.
  if (tfc.engine().registry.webgl != null) withdrawFromWebgl1();
}

// The shaders need 32-bit integers, the bits of floats and `texelFetch`, which WebGL 1 lacks.
function withdrawFromWebgl1(): void {
  if (tfc.env().getNumber('WEBGL_VERSION') !== 1) return;
  for (const name of LOSS_KERNELS) {
    if (tfc.getKernel(name, 'webgl') != null) tfc.unregisterKernel(name, 'webgl');
  }
}
