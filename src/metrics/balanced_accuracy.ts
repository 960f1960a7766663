import type {Tensor} from '@tensorflow/tfjs-core';
import type {MetricContext} from '../core/metric';
import {classHits} from './class_hits';
import {meanRecall} from './mean_recall';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/**
 * Mean per-class recall over the classes that occur, as scikit-learn's `balanced_accuracy_score`: every class weighs
 * the same, however many samples it has. Background samples do not count. For a single logit it is the recall of the
 * positives; `BinaryBalancedAccuracy` includes the negatives.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss, metrics: [new BalancedAccuracy()]});
 * const history = await model.fit(xs, ys, {epochs: 1, verbose: 0});
 * console.log(Object.keys(history.history)); // → [ 'loss', 'balanced_accuracy' ]
 * ```
 */
export class BalancedAccuracy extends PredictionMetric {
  /** Saved as `longtail>BalancedAccuracy`. */
  static readonly className: string = 'BalancedAccuracy';

  /**
   * Its name in histories is `balanced_accuracy`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: MetricOptions = {}) {
    super('balanced_accuracy', options);
  }

  /** Hits and samples of each class, float32 `[C]` each. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    return classHits(yTrue, yPred, this.takesLogits(context), this.ignored(context));
  }

  /** Mean recall of the classes that occur, a float32 scalar; NaN if none does. */
  result([hits, support]: Tensor[]): Tensor {
    return meanRecall(hits, support);
  }
}
