import {areaUnderROC, type RankedScores} from './ranking';
import {RankingMetric, type RankingOptions} from './ranking_metric';

/**
 * The probability that a sample of a class scores higher for it than another sample, exact over the pass, as
 * scikit-learn's `roc_auc_score`: for one logit that of the positives, otherwise the mean of each class against the
 * rest (`multi_class='ovr', average='macro'`), over the classes that occur.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([1, 0, 1, 0]);
 * const logits = tf.tensor2d([[3], [2], [1], [-1]]);
 * console.log(new AreaUnderROC()(labels, logits).dataSync()); // → Float32Array(1) [ 0.75 ]
 * ```
 */
export class AreaUnderROC extends RankingMetric {
  /** Saved as `longtail>AreaUnderROC`. */
  static readonly className: string = 'AreaUnderROC';

  /**
   * Its name in histories is `area_under_roc`, `<group>_area_under_roc` or `class_<j>_area_under_roc`, unless `name` is
   * given.
   * @throws ValueError for invalid options.
   */
  constructor(options: RankingOptions = {}) {
    super('area_under_roc', options);
  }

  protected ofClass(scores: RankedScores): number {
    return areaUnderROC(scores);
  }
}
