import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {rowHits} from './class_hits';
import {Metric} from './metric';

/**
 * Share of foreground samples whose highest prediction is (one of) their class(es). Background samples, for
 * which a prediction without a background column has no right answer, do not count. This is what `'accuracy'`
 * means next to a loss of this package.
 */
export class ForegroundAccuracy extends Metric {
  /** @nocollapse */
  static readonly className = 'ForegroundAccuracy';

  constructor() {
    super('foreground_accuracy');
  }

  statistics(yTrue: Tensor, yPred: Tensor): Tensor[] {
    return rowHits(yTrue, yPred);
  }

  result([hits, rows]: Tensor[]): Tensor {
    return tfc.div(hits, rows);
  }

  getConfig() {
    return {};
  }
}
