import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {onHostBackend} from '../core/host_backend';
import type {MetricContext} from '../core/metric';
import {heldClasses, hotRows} from '../labels/held_classes';
import {columnSums} from './class_hits';
import {predictedClasses} from './predicted_classes';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/**
 * Correlation of labels and predictions, as scikit-learn's `matthews_corrcoef`: 1 if all are right, 0 for predictions
 * that reveal nothing about the labels, such as always the most frequent class. For samples of one class each.
 * Background samples do not count, except for one logit, where they are the negatives.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([1, 0, 0, 0]);
 * const always = tf.tensor2d([[-1], [-2], [-1], [-3]]);
 * console.log(new MatthewsCorrelation()(labels, always).dataSync()); // → Float32Array(1) [ 0 ]
 * ```
 */
export class MatthewsCorrelation extends PredictionMetric {
  /** Saved as `longtail>MatthewsCorrelation`. */
  static readonly className: string = 'MatthewsCorrelation';

  /**
   * Its name in histories is `matthews_correlation`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: MetricOptions = {}) {
    super('matthews_correlation', options);
  }

  /**
   * Hits, support and predictions of each class over the rows that count, float32 `[C]` each, and the number of these
   * rows, float32 `[1]`.
   * @throws ValueError for rows of several classes, if labels can be read synchronously; otherwise the result is NaN.
   */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    const {labels, predicted, nan} = predictedClasses(
      yTrue,
      yPred,
      this.takesLogits(context),
      this.ignored(context),
    );
    const {rows, classes, counted} = labels;
    if (rows === 0) return [...[0, 1, 2].map(() => tfc.zeros([classes])), tfc.zeros([1])];
    const held = heldClasses(labels);
    const heldByRow = tfc.matMul(held, tfc.ones([classes, 1]) as Tensor2D);
    const single = requireSingle(heldByRow);
    const counts =
      classes > 1 ? single : tfc.expandDims(counted ? tfc.cast(counted, 'float32') : tfc.ones([rows]), 1);
    const taken = tfc.add(tfc.mul(hotRows(predicted, classes), counts), nan) as Tensor2D;
    const sums: Tensor1D[] = [tfc.mul(held, taken), held, taken, counts].map((x) =>
      columnSums(x as Tensor2D),
    );
    return sums;
  }

  /** A float32 scalar; 0 if labels or predictions are of one class only, NaN without a row. */
  result([hits, support, predicted, rows]: Tensor[]): Tensor {
    const sum = (x: Tensor) => tfc.reshape(columnSums(tfc.reshape(x, [-1, 1]) as Tensor2D), []);
    // Use shares, whose products fit float32, and tp · tn − fp · fn rather than a difference of sums over all classes.
    const [tp, t, p] = [hits, support, predicted].map((x) => tfc.div(x, rows));
    const [fn, fp] = [tfc.sub(t, tp), tfc.sub(p, tp)];
    const tn = tfc.sub(1, tfc.add(tp, tfc.add(fn, fp)));
    const covariance = sum(tfc.sub(tfc.mul(tp, tn), tfc.mul(fp, fn)));
    const variance = (x: Tensor, whole: Tensor) => sum(tfc.mul(x, tfc.div(tfc.sub(rows, whole), rows)));
    const spread = tfc.sqrt(tfc.mul(variance(t, support), variance(p, predicted)));
    return tfc.div(covariance, tfc.where(tfc.equal(spread, 0), tfc.onesLike(spread), spread));
  }
}

function requireSingle(heldByRow: Tensor): Tensor {
  if (onHostBackend()) {
    const row = heldByRow.dataSync().findIndex((n) => n > 1);
    if (row < 0) return heldByRow;
    throw new ValueError(
      `Expected \`yTrue\` to hold at most one class in a row. Received: several in row ${row}`,
    );
  }
  return tfc.where(tfc.greater(heldByRow, 1), tfc.fill(heldByRow.shape, Number.NaN), heldByRow);
}
