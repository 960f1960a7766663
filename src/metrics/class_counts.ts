import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {heldClasses, hotRows} from '../labels/held_classes';
import {columnSums} from './class_hits';
import {predictedClasses} from './predicted_classes';

/** The threshold above which classes are predicted: one score for all, or one per class. */
export type ScoreThreshold = number | readonly number[];

/** How predictions are read. */
export interface CountOptions {
  fromLogits: boolean;
  ignoreLabel?: number;
  /** Every class above it is predicted. Default: only the highest class is. */
  threshold?: ScoreThreshold;
}

/**
 * The diagonal, the row sums and the column sums of the batch's `ConfusionMatrix`: the rows that hold a class and are
 * predicted as it, that hold it, and that are predicted as it, including background rows. With a threshold, several
 * classes or none may be predicted for a row.
 *
 * @returns `[hits, support, predicted]`, float32 `[C]` each; hits and predicted are NaN if a row that counts has a NaN
 *   score.
 * @throws ValueError if shapes, label values or the number of thresholds do not fit.
 */
export function classCounts(
  yTrue: Tensor,
  yPred: Tensor,
  {fromLogits, ignoreLabel, threshold}: CountOptions,
): [Tensor1D, Tensor1D, Tensor1D] {
  const {labels, predicted, nan} = predictedClasses(yTrue, yPred, fromLogits, ignoreLabel);
  const {rows, classes, counted} = labels;
  const none = () => tfc.zeros([classes]) as Tensor1D;
  if (rows === 0) return [none(), none(), none()];
  const held = heldClasses(labels);
  const all = threshold === undefined ? hotRows(predicted, classes) : above(yPred, rows, classes, threshold);
  const taken = counted ? (tfc.mul(all, tfc.expandDims(tfc.cast(counted, 'float32'), 1)) as Tensor2D) : all;
  return [tfc.add(columnSums(tfc.mul(held, taken)), nan), columnSums(held), tfc.add(columnSums(taken), nan)];
}

function above(yPred: Tensor, rows: number, classes: number, threshold: ScoreThreshold): Tensor2D {
  const least = typeof threshold === 'number' ? new Array<number>(classes).fill(threshold) : [...threshold];
  if (least.length !== classes)
    reject('threshold', `a number, or one for each of ${classes} classes`, threshold);
  const scores = tfc.reshape(yPred, [rows, classes]);
  return tfc.cast(tfc.greater(scores, tfc.tensor2d(least, [1, classes])), 'float32') as Tensor2D;
}
