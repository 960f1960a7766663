import * as tf from '@tensorflow/tfjs';
import {TAIL_SIGMOID, TAIL_SOFTMAX} from '../../../src/kernels/losses/kernel_names';

const NAMES = [TAIL_SIGMOID, TAIL_SOFTMAX].flatMap(({forward, gradient}) => [forward, gradient]);

/** Takes the losses' kernels from a backend, which leaves it the losses out of tfjs ops; gives them back when called. */
export function removeLossKernels(backend: string): () => void {
  const kernels = NAMES.map((name) => tf.getKernel(name, backend));
  for (const name of NAMES) tf.unregisterKernel(name, backend);
  return () => kernels.forEach(tf.registerKernel);
}
