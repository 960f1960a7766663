import type {Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {classHits, columnSums} from './class_hits';
import {Metric} from './metric';

/**
 * Mean per-class recall over the classes that occur, as scikit-learn's `balanced_accuracy_score`: every class
 * weighs the same, however many samples it has. Background samples do not count.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss, metrics: [new BalancedAccuracy()]});
 * const history = await model.fit(xs, ys, {epochs: 1, verbose: 0});
 * console.log(Object.keys(history.history)); // → [ 'loss', 'balanced_accuracy' ]
 * ```
 */
export class BalancedAccuracy extends Metric {
  /** Saved as `longtail>BalancedAccuracy`. */
  static readonly className = 'BalancedAccuracy';

  /** In histories it is called `balanced_accuracy`. */
  constructor() {
    super('balanced_accuracy');
  }

  /** Hits and samples of each class, float32 `[C]` each. */
  statistics(yTrue: Tensor, yPred: Tensor): Tensor[] {
    return classHits(yTrue, yPred);
  }

  /** Mean recall of the classes that occur, a float32 scalar; NaN where none does. */
  result([hits, support]: Tensor[]): Tensor {
    const column = (x: Tensor) => tfc.reshape(x, [-1, 1]) as Tensor2D;
    const occurs = tfc.cast(tfc.greater(support, 0), 'float32');
    const recall = tfc.div(hits, tfc.maximum(support, 1e-30));
    return tfc.reshape(tfc.div(columnSums(column(recall)), columnSums(column(occurs))), []);
  }

  /** No options, as plain JSON. */
  getConfig() {
    return {};
  }
}
