import type {Tensor} from '@tensorflow/tfjs-core';
import {type ClassCounts, RatioMetric, type RatioOptions} from './ratio_metric';

/**
 * The share of a class's samples for which it is predicted, as scikit-learn's `recall_score`. The mean is over classes
 * that occur or are predicted; that of `BalancedAccuracy` is over classes that occur.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([0, 1, 1], 'int32');
 * const logits = tf.tensor2d([[2, 1], [0, 1], [3, 0]]);
 * console.log(new Recall()(labels, logits).dataSync()); // → Float32Array(1) [ 0.75 ]
 * console.log(new Recall({classIndex: 1})(labels, logits).dataSync()); // → Float32Array(1) [ 0.5 ]
 * ```
 */
export class Recall extends RatioMetric {
  /** Saved as `longtail>Recall`. */
  static readonly className: string = 'Recall';

  /**
   * Its name in histories is `recall`, `micro_recall`, `<group>_recall` or `class_<j>_recall`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: RatioOptions = {}) {
    super('recall', options);
  }

  protected ratio({hits, support}: ClassCounts): [Tensor, Tensor] {
    return [hits, support];
  }
}
