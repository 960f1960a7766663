import * as tf from '@tensorflow/tfjs';
import '../../src';
import {TAIL_SIGMOID, TAIL_SOFTMAX} from '../../src/kernels/losses/kernel_names';

const NAME = 'gpu-like';

/** The cpu backend under a name of its own, without the losses' kernels: they are composed of tfjs's ops there. */
export async function useGpuLikeBackend(): Promise<void> {
  tf.enableProdMode();
  if (tf.findBackendFactory(NAME) == null) {
    tf.copyRegisteredKernels('cpu', NAME);
    for (const {forward, gradient} of [TAIL_SIGMOID, TAIL_SOFTMAX]) {
      tf.unregisterKernel(forward, NAME);
      tf.unregisterKernel(gradient, NAME);
    }
    tf.registerBackend(NAME, tf.findBackendFactory('cpu') as never);
  }
  await tf.setBackend(NAME);
}
