import type {Tensor} from '@tensorflow/tfjs-core';
import type {MetricContext} from '../core/metric';
import {binaryHits} from './class_hits';
import {meanRecall} from './mean_recall';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/**
 * Mean of the recall of positives and the recall of negatives, for models with one logit: scikit-learn's
 * `balanced_accuracy_score`. A model that always predicts the same scores 0.5, however few positives there are. If only
 * one of the two occurs, it is that one's recall.
 *
 * Labels: `[batch]` or `[batch, 1]`, 1 for a positive and 0 for a negative, or `[batch, 2]` with the last column for
 * negatives. Positive is predicted if the logit is above 0, or the probability above 0.5.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([1, 0, 0, 0], 'int32');
 * const logits = tf.tensor2d([[-1], [-2], [-1], [-3]]); // always negative
 * console.log(new BinaryBalancedAccuracy()(labels, logits).dataSync()); // → Float32Array(1) [ 0.5 ]
 * ```
 */
export class BinaryBalancedAccuracy extends PredictionMetric {
  /** Saved as `longtail>BinaryBalancedAccuracy`. */
  static readonly className: string = 'BinaryBalancedAccuracy';

  /**
   * Its name in histories is `binary_balanced_accuracy`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: MetricOptions = {}) {
    super('binary_balanced_accuracy', options);
  }

  /**
   * Hits and samples of negatives and positives, float32 `[2]` each.
   * @throws ValueError for predictions of more than one class.
   */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    return binaryHits(yTrue, yPred, this.takesLogits(context), this.ignored(context));
  }

  /** Mean recall, a float32 scalar; NaN without a sample. */
  result([hits, support]: Tensor[]): Tensor {
    return meanRecall(hits, support);
  }
}
