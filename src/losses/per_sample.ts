import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/**
 * Losses of `[batch · boxes]` rows as `[batch]`: the mean over a sample's rows, so that the mean over samples,
 * which `fit` takes, is the mean over all rows; 0 where a sample has no rows.
 */
export function perSample(rowLosses: Tensor, predictionShape: readonly number[]): Tensor {
  if (predictionShape.length === 2) return rowLosses;
  const batch = predictionShape[0];
  const boxes = predictionShape.slice(1, -1).reduce((product, size) => product * size, 1);
  const byBatch = tfc.reshape(rowLosses, [batch, boxes]) as tfc.Tensor2D;
  // The wasm backend leaves a product over no rows unwritten.
  if (boxes === 0) return tfc.reshape(tfc.concat([byBatch, tfc.zeros([batch, 1])], 1), [batch]);
  // A product with 1/n instead of tf.mean: the wasm backend's sums are off by up to 7e-4.
  return tfc.reshape(tfc.matMul(byBatch, tfc.fill([boxes, 1], 1 / boxes) as tfc.Tensor2D), [batch]);
}
