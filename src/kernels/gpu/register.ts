import type {KernelConfig} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {fuseOptimizers} from '../optimizers/register';
import {webglUpdate} from '../webgl/optimizer_update';
import {webgpuUpdate} from '../webgpu/optimizer_update';

/**
 * Lets tfjs's Adam, SGD (with or without momentum) and RMSProp (unless `centered`) update a variable on WebGL 2 and
 * WebGPU by one program for the variable and one for each of its optimizer states, where tfjs runs about ten. Formulas,
 * variables, names and saved files stay tfjs's; values agree to the GPU's rounding.
 *
 * May be called any number of times, before or after a backend is imported. Importing `tfjs-longtail/kernels/gpu` calls
 * it.
 */
export function registerGpuTrainingKernels(): void {
  register({...webglUpdate, setupFunc: withdrawFromWebgl1});
  register(webgpuUpdate);
  // No setup is called for a backend that is already running.
  if (tfc.engine().registry.webgl != null) withdrawFromWebgl1();
  fuseOptimizers();
}

function register(config: KernelConfig): void {
  if (!tfc.getKernel(config.kernelName, config.backendName)) tfc.registerKernel(config);
}

// The shaders need `texelFetch`, which WebGL 1 lacks.
function withdrawFromWebgl1(): void {
  if (tfc.env().getNumber('WEBGL_VERSION') !== 1) return;
  const {kernelName} = webglUpdate;
  if (tfc.getKernel(kernelName, 'webgl')) tfc.unregisterKernel(kernelName, 'webgl');
}
