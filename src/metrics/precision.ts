import type {Tensor} from '@tensorflow/tfjs-core';
import {type ClassCounts, RatioMetric, type RatioOptions} from './ratio_metric';

/**
 * The share of correct samples among those for which a class is predicted, as scikit-learn's `precision_score`:
 * averaged over classes, or of all counts together. Background samples for which a class is predicted count against it.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([0, 1, 1], 'int32');
 * const logits = tf.tensor2d([[2, 1], [0, 1], [3, 0]]);
 * console.log(new Precision()(labels, logits).dataSync()); // → Float32Array(1) [ 0.75 ]
 * console.log(new Precision().update(labels, logits).perClass()); // → [ 0.5, 1 ]
 * ```
 */
export class Precision extends RatioMetric {
  /** Saved as `longtail>Precision`. */
  static readonly className: string = 'Precision';

  /**
   * Its name in histories is `precision`, `micro_precision`, `<group>_precision` or `class_<j>_precision`, unless
   * `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: RatioOptions = {}) {
    super('precision', options);
  }

  protected ratio({hits, predicted}: ClassCounts): [Tensor, Tensor] {
    return [hits, predicted];
  }
}
