import type {serialization, Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {requireInteger} from '../core/require_integer';
import {columnSums} from './class_hits';
import {nanOfScores} from './nan_scores';
import {type MetricOptions, PredictionMetric} from './prediction_metric';
import {scoreRows} from './score_rows';

/** The number of predictions that count. */
export interface TopKOptions extends MetricOptions {
  /** A sample is correct if one of its classes is among its k highest. Default: 5. */
  k?: number;
}

/**
 * Share of the foreground samples for which one of their classes is among the k highest predictions, as scikit-learn's
 * `top_k_accuracy_score`; of equal scores the lower index ranks higher. k = 1 is `ForegroundAccuracy`.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([2, 0], 'int32');
 * const logits = tf.tensor2d([[3, 0, 2], [1, 3, 2]]);
 * console.log(new TopK({k: 2})(labels, logits).dataSync()); // → Float32Array(1) [ 0.5 ]
 * ```
 */
export class TopK extends PredictionMetric {
  /** Saved as `longtail>TopK`. */
  static readonly className: string = 'TopK';
  /** The number of predictions that count. */
  readonly k: number;

  /**
   * Its name in histories is `top_<k>_accuracy`, unless `name` is given.
   * @throws ValueError for a k that is not an integer ≥ 1, and other invalid options.
   */
  constructor(options: TopKOptions = {}) {
    const k = options?.k ?? 5;
    super(`top_${k}_accuracy`, options, ['k']);
    this.k = requireInteger('k', k, 1);
  }

  /**
   * Correct rows and foreground rows, float32 scalars.
   * @throws ValueError for predictions of fewer than k classes.
   */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    const {labels, scores, held} = scoreRows(yTrue, yPred, this.ignored(context));
    const {rows, classes} = labels;
    if (this.k > classes) reject('k', `at most ${classes}, the number of classes`, this.k);
    if (rows === 0) return [tfc.scalar(0), tfc.scalar(0)];
    const {indices} = tfc.topk(scores, this.k);
    const first = tfc.mul(tfc.range(0, rows, 1, 'int32'), classes);
    const places = tfc.add(tfc.expandDims(first, 1), tfc.cast(indices, 'int32'));
    const among = tfc.gather(tfc.reshape(held, [-1]), tfc.cast(places, 'int32'));
    const any = (x: Tensor) => tfc.reshape(columnSums(tfc.max(x, 1, true) as Tensor2D), []);
    return [tfc.add(any(among), nanOfScores(scores)), any(held)];
  }

  /** Correct rows per foreground row, a float32 scalar; NaN without any. */
  result([right, rows]: Tensor[]): Tensor {
    return tfc.div(right, rows);
  }

  /** The options, as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), k: this.k};
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls({...PredictionMetric.optionsFrom(config), k: config.k as number});
  }
}
