import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {heldClasses, hotRows} from '../labels/held_classes';
import {predictedClasses} from './predicted_classes';

/**
 * The diagonal and the row sums of the batch's `ConfusionMatrix`: for each class, the number of samples that hold it
 * and for which it is predicted, and the number of samples that hold it. Background samples hold none.
 *
 * Metrics of a model in training sum these on its backend. For C = 1230, the matrix itself would take 6 MB of memory
 * and rows · C² multiplications per batch and metric, although they need no other part of it.
 *
 * @param yTrue Labels in any form that `EqualizationLoss` accepts; soft ones by their arg max, see `heldClasses`.
 * @param yPred Logits or probabilities `[batch, …, C]`.
 * @param fromLogits Which of the two; it matters only for C = 1.
 * @param ignoreLabel The integer label of rows that do not count: they hold no class.
 * @returns `[hits, support]`, float32 `[C]` each; hits are NaN if a row that counts has a NaN score.
 * @throws ValueError if shapes or label values do not fit.
 */
export function classHits(
  yTrue: Tensor,
  yPred: Tensor,
  fromLogits = true,
  ignoreLabel?: number,
): [Tensor1D, Tensor1D] {
  const {held, predicted} = labelsAndPredictions(yTrue, yPred, fromLogits, ignoreLabel);
  return [columnSums(tfc.mul(held, predicted)), columnSums(held)];
}

/**
 * @returns `[hits, rows]`, float32 scalars: foreground rows for which one of their classes is predicted, and
 * foreground rows.
 */
export function rowHits(
  yTrue: Tensor,
  yPred: Tensor,
  fromLogits = true,
  ignoreLabel?: number,
): [Tensor, Tensor] {
  const {held, predicted} = labelsAndPredictions(yTrue, yPred, fromLogits, ignoreLabel);
  const sum = (x: Tensor) => tfc.reshape(columnSums(tfc.reshape(x, [-1, 1]) as Tensor2D), []);
  // Each row has one predicted class, so none has two hits.
  return [sum(tfc.mul(held, predicted)), sum(tfc.max(held, 1))];
}

/**
 * `classHits` of a single class and its absence: negatives first, positives second.
 *
 * @returns `[hits, support]`, float32 `[2]` each.
 * @throws ValueError for more than one class.
 */
export function binaryHits(
  yTrue: Tensor,
  yPred: Tensor,
  fromLogits = true,
  ignoreLabel?: number,
): [Tensor1D, Tensor1D] {
  const {held, predicted, counted} = labelsAndPredictions(yTrue, yPred, fromLogits, ignoreLabel);
  if (held.shape[1] !== 1)
    reject('yPred', 'one logit or probability for each sample, of shape […, 1]', yPred);
  const withAbsence = (x: Tensor2D) => tfc.concat([tfc.sub(1, x) as Tensor2D, x], 1);
  const all = withAbsence(held);
  const both = counted ? (tfc.mul(all, tfc.expandDims(tfc.cast(counted, 'float32'), 1)) as Tensor2D) : all;
  return [columnSums(tfc.mul(both, withAbsence(predicted))), columnSums(both)];
}

function labelsAndPredictions(
  yTrue: Tensor,
  yPred: Tensor,
  fromLogits: boolean,
  ignoreLabel?: number,
): {held: Tensor2D; predicted: Tensor2D; counted?: Tensor} {
  const {labels, predicted, nan} = predictedClasses(yTrue, yPred, fromLogits, ignoreLabel);
  const {rows, classes, counted} = labels;
  if (rows === 0) return {held: tfc.zeros([0, classes]), predicted: tfc.zeros([0, classes])};
  const taken: Tensor2D = tfc.add(hotRows(predicted, classes), nan);
  return {held: heldClasses(labels), predicted: taken, ...(counted && {counted})};
}

// A product with ones instead of tf.sum: exact for counts, where the wasm backend's sums are off by up to 7e-4.
export function columnSums(x: Tensor2D): Tensor1D {
  const [rows, columns] = x.shape;
  // wasm leaves a product over no rows uninitialized.
  if (rows === 0) return tfc.zeros([columns]);
  return tfc.reshape(tfc.matMul(tfc.ones([1, rows]) as Tensor2D, x), [columns]);
}
