import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../core/host_backend';

/**
 * Reduces losses of `[batch · boxes]` rows to `[batch]`: the mean over a sample's rows, so that the mean over samples,
 * which `fit` takes, is the mean over all rows; 0 if a sample has no rows.
 *
 * @param counted Which rows count, bool; the others have loss and gradient 0. The mean is then over the rows that
 *   count, so that padding samples to the same number of boxes changes nothing. Keras's `ignore_class` divides by the
 *   rows of the whole batch, which makes a sample's loss depend on its neighbors.
 */
export function perSample(rowLosses: Tensor, predictionShape: readonly number[], counted?: Tensor): Tensor1D {
  if (predictionShape.length === 2 && counted === undefined) return rowLosses as Tensor1D;
  const batch = predictionShape[0];
  const boxes = predictionShape.slice(1, -1).reduce((product, size) => product * size, 1);
  if (counted !== undefined) return countedMeans(rowLosses, batch, boxes, counted);
  const op = tfc.customGrad((...args: unknown[]) => ({
    value: means(args[0] as Tensor, batch, boxes),
    gradFunc: (dy: Tensor) =>
      boxes === 0
        ? tfc.zeros([0])
        : tfc.reshape(tfc.mul(tfc.expandDims(dy, 1), tfc.fill([1, boxes], 1 / boxes)), [batch * boxes]),
  }));
  return op(rowLosses) as Tensor1D;
}

function countedMeans(rowLosses: Tensor, batch: number, boxes: number, counted: Tensor): Tensor1D {
  const mask = tfc.cast(tfc.reshape(counted, [batch, boxes]), 'float32') as Tensor2D;
  const rows = tfc.maximum(tfc.matMul(mask, tfc.ones([boxes, 1]) as Tensor2D), 1);
  const shares = tfc.reshape(tfc.div(mask, rows), [batch * boxes]);
  const op = tfc.customGrad((...args: unknown[]) => {
    const kept = tfc.where(counted, args[0] as Tensor, tfc.zeros([batch * boxes]));
    return {
      value: tfc.mul(means(kept, batch, boxes), tfc.div(boxes, tfc.reshape(rows, [batch]))),
      gradFunc: (dy: Tensor) =>
        tfc.mul(tfc.reshape(tfc.tile(tfc.expandDims(dy, 1), [1, boxes]), [batch * boxes]), shares),
    };
  });
  return op(rowLosses) as Tensor1D;
}

function means(rowLosses: Tensor, batch: number, boxes: number): Tensor {
  if (boxes === 0) return tfc.zeros([batch]);
  // Sum in float64: the wasm backend's sums and products add in float32, and lose a digit over 1,000 boxes.
  if (onHostBackend()) {
    const rows = rowLosses.dataSync();
    return tfc.tensor1d(
      Float32Array.from({length: batch}, (_, sample) => {
        let sum = 0;
        for (let row = sample * boxes; row < (sample + 1) * boxes; ++row) sum += rows[row];
        return sum / boxes;
      }),
    );
  }
  return tfc.mean(tfc.reshape(rowLosses, [batch, boxes]), 1);
}
