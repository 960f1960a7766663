import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {heldClasses} from '../labels/held_classes';
import {denseLabels, parseLabels} from '../labels/labels';

/**
 * Converts labels of any form and dtype to the form of tfjs's metrics: float32 `[batch, …, C]`, one-hot, multi-hot or
 * soft; background rows are zero.
 */
export function labelsLikePredictions(yTrue: Tensor, yPred: Tensor): Tensor {
  // Only labels of that shape, and those of one logit, have this many values.
  if (yTrue.size === yPred.size) return tfc.cast(tfc.reshape(yTrue, yPred.shape), 'float32');
  return tfc.reshape(denseLabels(parseLabels(yTrue, yPred)), yPred.shape);
}

/**
 * Converts labels of any form to integers in float32, `[batch · …]` in 0 … C, C meaning background: the class that a
 * row holds by `heldClasses`, the first if several.
 */
export function labelsAsIntegers(yTrue: Tensor, yPred: Tensor): Tensor {
  const labels = parseLabels(yTrue, yPred);
  if (labels.form === 'index') return tfc.cast(labels.values, 'float32');
  const held = heldClasses(labels);
  // NaN stays NaN: an invalid label has no index.
  const classesHeld = tfc.sum(held, 1);
  const index = tfc.where(
    tfc.greater(classesHeld, 0),
    tfc.cast(tfc.argMax(held, 1), 'float32'),
    labels.classes,
  );
  return tfc.where(tfc.isNaN(classesHeld), Number.NaN, index);
}
