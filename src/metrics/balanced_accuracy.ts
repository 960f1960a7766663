import type {Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {classHits, columnSums} from './class_hits';
import {Metric} from './metric';

/**
 * Mean per-class recall over the classes that occur, as scikit-learn's `balanced_accuracy_score`: every class
 * weighs the same, however many samples it has. Background samples do not count.
 */
export class BalancedAccuracy extends Metric {
  /** @nocollapse */
  static readonly className = 'BalancedAccuracy';

  constructor() {
    super('balanced_accuracy');
  }

  statistics(yTrue: Tensor, yPred: Tensor): Tensor[] {
    return classHits(yTrue, yPred);
  }

  result([hits, support]: Tensor[]): Tensor {
    const column = (x: Tensor) => tfc.reshape(x, [-1, 1]) as Tensor2D;
    const occurs = tfc.cast(tfc.greater(support, 0), 'float32');
    const recall = tfc.div(hits, tfc.maximum(support, 1e-30));
    return tfc.reshape(tfc.div(columnSums(column(recall)), columnSums(column(occurs))), []);
  }

  getConfig() {
    return {};
  }
}
