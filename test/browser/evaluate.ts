import * as tf from '@tensorflow/tfjs';

/** Reads tensors as WebGPU wants it, asynchronously, and disposes of them. */
export async function read(tensors: tf.Tensor[]): Promise<number[][]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  return values.map((array) => Array.from(array));
}

/** Values of `f` and its gradient for the upstream gradient 1, −2, 3, −4, …; leaves no tensor. */
export async function valueAndGradient(
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
): Promise<{values: number[]; gradient: number[]}> {
  const [values, gradient] = await read(
    tf.tidy(() => {
      const dy = Array.from({length: x.shape[0]}, (_, row) => (row % 2 ? -1 : 1) * (row + 1));
      const {value, grads} = tf.valueAndGrads(f)([x], tf.tensor1d(dy));
      return [value, grads[0]];
    }),
  );
  return {values, gradient};
}
