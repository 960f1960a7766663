import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type ClassCounts, RatioMetric, type RatioOptions} from './ratio_metric';

/**
 * Harmonic mean of precision and recall, as scikit-learn's `f1_score`: 2 · hits / (support + predicted) of each class,
 * averaged over classes, or of all counts together.
 *
 * @example
 * ```ts
 * const tail = new F1({group: 'rare', freqInfo});
 * model.compile({optimizer: 'adam', loss, metrics: [new F1(), tail]});
 * const history = await model.fit(xs, ys, {epochs: 1, verbose: 0});
 * console.log(Object.keys(history.history)); // → [ 'loss', 'f1', 'rare_f1' ]
 * ```
 */
export class F1 extends RatioMetric {
  /** Saved as `longtail>F1`. */
  static readonly className: string = 'F1';

  /**
   * Its name in histories is `f1`, `micro_f1`, `<group>_f1` or `class_<j>_f1`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: RatioOptions = {}) {
    super('f1', options);
  }

  protected ratio({hits, support, predicted}: ClassCounts): [Tensor, Tensor] {
    return [tfc.mul(2, hits), tfc.add(support, predicted)];
  }
}
