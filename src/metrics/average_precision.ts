import {averagePrecision, type RankedScores} from './ranking';
import {RankingMetric, type RankingOptions} from './ranking_metric';

/**
 * The area under the precision–recall steps of each class against the rest, exact over the pass, as scikit-learn's
 * `average_precision_score`, averaged over the classes that occur. For one logit it is that of the positives. For less
 * frequent classes it is more informative than `AreaUnderROC`, as the many easy negatives do not raise it.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([1, 0, 1, 0]);
 * const logits = tf.tensor2d([[3], [2], [1], [-1]]);
 * console.log(new AveragePrecision()(labels, logits).dataSync()[0].toFixed(4)); // → 0.8333
 * ```
 */
export class AveragePrecision extends RankingMetric {
  /** Saved as `longtail>AveragePrecision`. */
  static readonly className: string = 'AveragePrecision';

  /**
   * Its name in histories is `average_precision`, `<group>_average_precision` or `class_<j>_average_precision`, unless
   * `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: RankingOptions = {}) {
    super('average_precision', options);
  }

  protected ofClass(scores: RankedScores): number {
    return averagePrecision(scores);
  }
}
