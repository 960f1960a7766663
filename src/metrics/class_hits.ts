import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {denseLabels, parseLabels} from '../labels';

/**
 * The diagonal and the row sums of the confusion matrix: for each class, in how many of the samples that hold it
 * the class is also the highest prediction, and how many samples hold it. Background samples hold none.
 *
 * @param yTrue Labels in any form that `EqualizationLoss` takes.
 * @param yPred Logits or probabilities `[batch, …, C]`.
 * @returns `[hits, support]`, float32 `[C]` each.
 */
export function classHits(yTrue: Tensor, yPred: Tensor): [Tensor1D, Tensor1D] {
  const {y, predicted} = labelsAndPredictions(yTrue, yPred);
  return [columnSums(tfc.mul(y, predicted)), columnSums(y)];
}

/**
 * @returns `[hits, rows]`, float32 scalars: foreground rows whose highest prediction is one of their classes, and
 * foreground rows.
 */
export function rowHits(yTrue: Tensor, yPred: Tensor): [Tensor, Tensor] {
  const {y, predicted} = labelsAndPredictions(yTrue, yPred);
  const hit = tfc.max(tfc.mul(y, predicted), 1, true) as Tensor2D;
  const foreground = tfc.max(y, 1, true) as Tensor2D;
  return [tfc.reshape(columnSums(hit), []), tfc.reshape(columnSums(foreground), [])];
}

function labelsAndPredictions(yTrue: Tensor, yPred: Tensor): {y: Tensor2D; predicted: Tensor2D} {
  const labels = parseLabels(yTrue, yPred);
  const {rows, classes} = labels;
  const highest = tfc.argMax(tfc.reshape(yPred, [rows, classes]), 1) as Tensor1D;
  return {
    y: denseLabels(labels),
    // Not tfc.oneHot, which refuses a single class.
    predicted: tfc.cast(
      tfc.equal(tfc.expandDims(highest, 1), tfc.range(0, classes, 1, 'int32')),
      'float32',
    ) as Tensor2D,
  };
}

// A product with ones instead of tf.sum: exact for counts, where the wasm backend's sums are off by up to 7e-4.
export function columnSums(x: Tensor2D): Tensor1D {
  // That backend leaves a product over no rows as memory happened to be.
  if (x.shape[0] === 0) return tfc.zeros([x.shape[1]]);
  const sums = tfc.matMul(tfc.ones([1, x.shape[0]]) as Tensor2D, x);
  return tfc.reshape(sums, [x.shape[1]]);
}
