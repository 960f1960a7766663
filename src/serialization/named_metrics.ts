import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Metric} from '../core/metric';
import {BinaryAccuracy} from '../metrics/binary_accuracy';
import {ForegroundAccuracy} from '../metrics/foreground_accuracy';
import {builtinName} from './builtin_functions';
import {labelsAsIntegers, labelsLikePredictions} from './label_views';
import type {Entry, LossOrMetricFn} from './model_internals';

const ACCURACIES = new Set(['accuracy', 'acc', 'categoricalAccuracy', 'sparseCategoricalAccuracy']);
const OF_PROBABILITIES = new Set([
  'binaryAccuracy',
  'binaryCrossentropy',
  'categoricalCrossentropy',
  'ce',
  'crossentropy',
  'logLoss',
  'precision',
  'recall',
  'sparseCategoricalCrossentropy',
]);

/** `mse` for `'mse'` and for `tf.metrics.mse`; undefined for a function that is none of TensorFlow.js's. */
export function metricKey(entry: Entry): string | undefined {
  return typeof entry === 'string' ? entry : builtinName(entry)?.split('.')[1];
}

/**
 * What stands in for one of TensorFlow.js's metrics where labels come in forms that it does not know. Next to integers it
 * would broadcast `[batch, 1]` against `[batch, C]`, and it would take an all-zero row for class 0.
 *
 * @param key As `metricKey` gives it.
 * @param fn What `compile` made of it.
 * @param classes C, the last dimension of the predictions.
 * @returns A metric of ours for accuracies, else the same function of one-hot labels or, for a sparse one, of integers.
 */
export function metricOfAnyLabels(
  key: string,
  fn: LossOrMetricFn,
  classes: number | null,
): Metric | LossOrMetricFn {
  if (classes === 1 && (ACCURACIES.has(key) || key === 'binaryAccuracy')) return new BinaryAccuracy();
  if (ACCURACIES.has(key)) return new ForegroundAccuracy();
  const view = key.startsWith('sparse') ? labelsAsIntegers : labelsLikePredictions;
  return (yTrue: Tensor, yPred: Tensor) => tfc.tidy(() => fn(view(yTrue, yPred), yPred));
}

/** Whether the metric means nothing for logits, and no metric of ours stands in for it. */
export function takesProbabilities(key: string, classes: number | null): boolean {
  return OF_PROBABILITIES.has(key) && !(key === 'binaryAccuracy' && classes === 1);
}

/** Warns of metrics that take probabilities next to a loss that takes logits. */
export function warnOfLogits(keys: string[], output: string): void {
  const names = keys.map((key) => `'${key}'`).join(', ');
  console.warn(
    `Metrics of TensorFlow.js that take probabilities: ${names}. The loss of output '${output}' takes logits, so that their ` +
      'values mean nothing. Use tf.losses.sigmoidCrossEntropy or tf.losses.softmaxCrossEntropy, which take ' +
      'logits, or metrics of tfjs-longtail.',
  );
}
