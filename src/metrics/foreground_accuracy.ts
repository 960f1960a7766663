import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {MetricContext} from '../core/metric';
import {rowHits} from './class_hits';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/**
 * Share of foreground samples for which the highest prediction is (one of) their class(es). Background samples do not
 * count, as a prediction without a background column has no right answer for them. `'accuracy'` means this next to a
 * loss of this package. For a single logit it is the recall of the positives.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([0, 1, 2], 'int32'); // the last is background
 * const logits = tf.tensor2d([[1, 0], [1, 0], [1, 0]]);
 * console.log(new ForegroundAccuracy()(labels, logits).dataSync()); // → Float32Array(1) [ 0.5 ]
 * ```
 */
export class ForegroundAccuracy extends PredictionMetric {
  /** Saved as `longtail>ForegroundAccuracy`. */
  static readonly className: string = 'ForegroundAccuracy';

  /**
   * Its name in histories is `foreground_accuracy`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: MetricOptions = {}) {
    super('foreground_accuracy', options);
  }

  /** Hits and foreground rows, float32 scalars. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    return rowHits(yTrue, yPred, this.takesLogits(context), this.ignored(context));
  }

  /** Hits per foreground row, a float32 scalar; NaN without any. */
  result([hits, rows]: Tensor[]): Tensor {
    return tfc.div(hits, rows);
  }
}
