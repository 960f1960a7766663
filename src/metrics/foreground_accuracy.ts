import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {MetricContext} from '../core/metric';
import {rowHits} from './class_hits';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/**
 * Share of foreground samples whose highest prediction is (one of) their class(es). Background samples, for
 * which a prediction without a background column has no right answer, do not count. This is what `'accuracy'`
 * means next to a loss of this package. Of a single logit it is the recall of the positives.
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
   * In histories it is called `foreground_accuracy`, unless `name` says otherwise.
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
