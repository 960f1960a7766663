import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {denseLabels, parseLabels} from '../labels/labels';

/**
 * Labels of any form and dtype as tfjs's metrics understand them: float32 `[batch, …, C]`, one-hot, multi-hot or soft;
 * background rows are zero.
 */
export function labelsLikePredictions(yTrue: Tensor, yPred: Tensor): Tensor {
  // Only labels of that shape have as many values, and those of one logit.
  if (yTrue.size === yPred.size) return tfc.cast(tfc.reshape(yTrue, yPred.shape), 'float32');
  return tfc.reshape(denseLabels(parseLabels(yTrue, yPred)), yPred.shape);
}

/** Labels of any form as whole float32 numbers `[batch · …]` in 0 … C, C meaning background. */
export function labelsAsIntegers(yTrue: Tensor, yPred: Tensor): Tensor {
  const labels = parseLabels(yTrue, yPred);
  if (labels.form === 'index') return tfc.cast(labels.values, 'float32');
  const dense = denseLabels(labels);
  const holdsClass = tfc.greater(tfc.max(dense, 1), 0);
  return tfc.where(holdsClass, tfc.cast(tfc.argMax(dense, 1), 'float32'), labels.classes);
}
