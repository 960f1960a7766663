import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {heldClasses} from '../labels/held_classes';
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

/**
 * Labels of any form as whole float32 numbers `[batch · …]` in 0 … C, C meaning background: the class that a row holds
 * by `heldClasses`, and of several the first.
 */
export function labelsAsIntegers(yTrue: Tensor, yPred: Tensor): Tensor {
  const labels = parseLabels(yTrue, yPred);
  if (labels.form === 'index') return tfc.cast(labels.values, 'float32');
  const held = heldClasses(labels);
  // NaN stays NaN: a label that is none has no index.
  const classesHeld = tfc.sum(held, 1);
  const index = tfc.where(
    tfc.greater(classesHeld, 0),
    tfc.cast(tfc.argMax(held, 1), 'float32'),
    labels.classes,
  );
  return tfc.where(tfc.isNaN(classesHeld), Number.NaN, index);
}
