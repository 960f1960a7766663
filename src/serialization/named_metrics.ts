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

/** `mse` for `'mse'` and for `tf.metrics.mse`; undefined for a function that is not TensorFlow.js's. */
export function metricKey(entry: Entry): string | undefined {
  return typeof entry === 'string' ? entry : builtinName(entry)?.split('.')[1];
}

/**
 * Replaces one of TensorFlow.js's metrics for labels in forms that it does not know: it would broadcast integers
 * `[batch, 1]` against `[batch, C]`, and read an all-zero row as class 0.
 *
 * @param key From `metricKey`.
 * @param fn The function that `compile` resolved it to.
 * @param classes C, the last dimension of the predictions.
 * @returns Our own metric for accuracies; otherwise the same function on one-hot labels, or on integers if sparse.
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

/** Whether the metric is meaningless for logits, and none of ours replaces it. */
export function takesProbabilities(key: string, classes: number | null): boolean {
  return OF_PROBABILITIES.has(key) && !(key === 'binaryAccuracy' && classes === 1);
}

/** Warns about metrics that expect probabilities next to a loss that expects logits. */
export function warnOfLogits(keys: string[], output: string): void {
  const names = keys.map((key) => `'${key}'`).join(', ');
  console.warn(
    `Metrics of TensorFlow.js that take probabilities: ${names}. The loss of output '${output}' takes logits, so that their ` +
      'values mean nothing. Use tf.losses.sigmoidCrossEntropy or tf.losses.softmaxCrossEntropy, which take ' +
      'logits, or metrics of tfjs-longtail.',
  );
}
