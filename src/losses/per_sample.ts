import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/**
 * Losses of `[batch · boxes]` rows as `[batch]`: the mean over a sample's rows, so that the mean over samples,
 * which `fit` takes, is the mean over all rows.
 */
export function perSample(rowLosses: Tensor, predictionShape: readonly number[]): Tensor {
  if (predictionShape.length === 2) return rowLosses;
  const batch = predictionShape[0];
  const boxes = predictionShape.slice(1, -1).reduce((product, size) => product * size, 1);
  // A product with 1/n instead of tf.mean: the wasm backend's sums are off by up to 7e-4.
  const means = tfc.matMul(
    tfc.reshape(rowLosses, [batch, boxes]) as tfc.Tensor2D,
    tfc.fill([boxes, 1], 1 / boxes) as tfc.Tensor2D,
  );
  return tfc.reshape(means, [batch]);
}
