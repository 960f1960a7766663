import * as tf from '@tensorflow/tfjs';

/** Makes the real tfjs-node the current backend. It is not a dependency: these tests run where it is installed. */
export async function useTfjsNode(): Promise<void> {
  tf.enableProdMode();
  require('@tensorflow/tfjs-node');
  await tf.setBackend('tensorflow');
  await tf.ready();
}
