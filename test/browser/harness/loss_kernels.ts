import * as tf from '@tensorflow/tfjs';
import {ELEMENT, TAIL_SIGMOID, TAIL_SOFTMAX} from '../../../src/kernels/losses/kernel_names';

const ALL = [TAIL_SIGMOID, TAIL_SOFTMAX, ELEMENT].flatMap(({forward, gradient}) => [forward, gradient]);

/** Takes the losses' kernels from a backend, which leaves it the losses out of tfjs ops; gives them back when called. */
export function removeLossKernels(backend: string): () => void {
  // Only GPU backends have all of them.
  const kernels = ALL.map((name) => tf.getKernel(name, backend)).filter((kernel) => kernel != null);
  for (const {kernelName} of kernels) tf.unregisterKernel(kernelName, backend);
  return () => kernels.forEach(tf.registerKernel);
}
