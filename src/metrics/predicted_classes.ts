import type {Scalar, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {neutralScores} from '../labels/ignored_rows';
import {type Labels, parseLabels} from '../labels/labels';
import {nanOfScores} from './nan_scores';

/** What every metric compares. */
export interface LabelsAndPredictions {
  labels: Labels;
  /** int32 `[rows]` in 0 … C − 1; with a single class, 0 for a positive and 1 (background) for a negative. */
  predicted: Tensor1D;
  /** To be added to counts: NaN if a row that counts has a NaN score and thus no predicted class, else 0. */
  nan: Scalar;
}

/**
 * Reads labels and determines the predicted classes: the highest, the first if several are equal; a single class
 * (C = 1) if its logit is above 0, or its probability above 0.5. Call inside a `tf.tidy`.
 *
 * @throws ValueError if shapes or label values do not fit.
 */
export function predictedClasses(
  yTrue: Tensor,
  yPred: Tensor,
  fromLogits: boolean,
  ignoreLabel?: number,
): LabelsAndPredictions {
  const labels = parseLabels(yTrue, yPred, true, ignoreLabel);
  const {rows, classes, counted} = labels;
  // No kernel gets a batch without rows, as some leave memory uninitialized then.
  if (rows === 0) return {labels, predicted: tfc.tensor1d([], 'int32'), nan: tfc.scalar(0)};
  const all = tfc.reshape(yPred, [rows, classes]) as Tensor2D;
  const scores = counted ? neutralScores(all, counted, 0) : all;
  const nan = nanOfScores(scores);
  if (classes > 1) return {labels, predicted: tfc.argMax(scores, 1) as Tensor1D, nan};
  const isPositive = tfc.greater(tfc.reshape(scores, [rows]), fromLogits ? 0 : 0.5);
  return {labels, predicted: tfc.cast(tfc.logicalNot(isPositive), 'int32') as Tensor1D, nan};
}
