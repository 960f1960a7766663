import {averagePrecision, type RankedScores} from './ranking';
import {RankingMetric, type RankingOptions} from './ranking_metric';

/**
 * Mean average precision (mAP) of samples that hold any number of classes: `AveragePrecision` of sigmoid logits. Equals
 * scikit-learn's `average_precision_score` with `average='macro'` if every class occurs; classes that do not occur are
 * left out.
 *
 * @example
 * ```ts
 * const labels = tf.tensor2d([[1, 0], [1, 1], [0, 1]]);
 * const logits = tf.tensor2d([[2, -1], [1, 3], [-1, 0]]);
 * console.log(new MeanAveragePrecision()(labels, logits).dataSync()); // → Float32Array(1) [ 1 ]
 * ```
 */
export class MeanAveragePrecision extends RankingMetric {
  /** Saved as `longtail>MeanAveragePrecision`. */
  static readonly className: string = 'MeanAveragePrecision';

  /**
   * Its name in histories is `mean_average_precision`, `<group>_mean_average_precision` or
   * `class_<j>_mean_average_precision`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: Omit<RankingOptions, 'activation'> = {}) {
    super('mean_average_precision', {...options, activation: 'sigmoid'});
  }

  protected ofClass(scores: RankedScores): number {
    return averagePrecision(scores);
  }

  /** The options, as plain JSON. */
  override getConfig() {
    const {activation: _, ...config} = super.getConfig();
    return config;
  }
}
