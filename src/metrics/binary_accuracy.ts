import type {Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {MetricContext} from '../core/metric';
import {binaryHits, columnSums} from './class_hits';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/**
 * Share of correct samples, positives and negatives, for models with one logit. Positive is predicted if the logit is
 * above 0, or the probability above 0.5; tfjs's own `binaryAccuracy` compares even logits with 0.5. Labels as for
 * `BinaryBalancedAccuracy`.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([1, 0, 0, 0], 'int32');
 * const logits = tf.tensor2d([[0.3], [-2], [-1], [3]]);
 * console.log(new BinaryAccuracy()(labels, logits).dataSync()); // → Float32Array(1) [ 0.75 ]
 * ```
 */
export class BinaryAccuracy extends PredictionMetric {
  /** Saved as `longtail>BinaryAccuracy`. */
  static readonly className: string = 'BinaryAccuracy';

  /**
   * Its name in histories is `binary_accuracy`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: MetricOptions = {}) {
    super('binary_accuracy', options);
  }

  /**
   * Hits and samples of negatives and positives, float32 `[2]` each.
   * @throws ValueError for predictions of more than one class.
   */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    return binaryHits(yTrue, yPred, this.takesLogits(context), this.ignored(context));
  }

  /** The share of correct samples, a float32 scalar; NaN without a sample. */
  result([hits, support]: Tensor[]): Tensor {
    const sum = (x: Tensor) => tfc.reshape(columnSums(tfc.reshape(x, [2, 1]) as Tensor2D), []);
    return tfc.div(sum(hits), sum(support));
  }
}
