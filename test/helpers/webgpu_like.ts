import * as tf from '@tensorflow/tfjs';
import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

// No WebGPU here: a cpu backend of that name, which like a real one cannot be relied on to read synchronously.
class AsyncOnlyBackend extends MathBackendCPU {
  override readSync(): never {
    throw new Error('read synchronously');
  }

  override async read(dataId: object) {
    await new Promise((resolve) => setImmediate(resolve));
    return super.readSync(dataId as never) as never;
  }
}

export async function useWebGpuLikeBackend(): Promise<void> {
  tf.enableProdMode();
  if (tf.findBackendFactory('webgpu') == null) {
    tf.copyRegisteredKernels('cpu', 'webgpu');
    tf.registerBackend('webgpu', () => new AsyncOnlyBackend());
  }
  await tf.setBackend('webgpu');
}
