import type {serialization, Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {classCounts, type ScoreThreshold} from './class_counts';
import {columnSums} from './class_hits';
import {PerClassMetric, type PerClassOptions} from './per_class_metric';

/** How predictions are counted and averaged. */
export interface RatioOptions extends PerClassOptions {
  /**
   * `'macro'`: the mean over the classes that occur or are predicted, as in scikit-learn; a class that only occurs, or
   * is only predicted, has 0. `'micro'`: of all classes' counts together. Default: `'macro'`.
   */
  average?: 'macro' | 'micro';
  /**
   * For samples that hold several classes: every class whose score exceeds it is predicted, in the unit of yPred
   * (logits or probabilities). A number, or one per class. Default: only the highest class is predicted, and a single
   * one (C = 1) above a logit of 0 or a probability of 0.5.
   */
  threshold?: ScoreThreshold;
}

/** Counts per class, float32 `[C]` each. */
export interface ClassCounts {
  /** Samples that hold the class and for which it is predicted. */
  hits: Tensor;
  /** Samples that hold it. */
  support: Tensor;
  /** Samples for which it is predicted. */
  predicted: Tensor;
}

/** Base class of `Precision`, `Recall` and `F1`: ratios of counts. */
export abstract class RatioMetric extends PerClassMetric {
  /** How classes are averaged. */
  readonly average: 'macro' | 'micro';
  /** The threshold above which classes are predicted, if given. */
  readonly threshold: ScoreThreshold | undefined;

  /** @throws ValueError for invalid options. */
  protected constructor(baseName: string, options: RatioOptions) {
    const {average = 'macro', threshold} = options ?? {};
    super(average === 'micro' ? `micro_${baseName}` : baseName, options, ['average', 'threshold']);
    if (average !== 'macro' && average !== 'micro') reject('average', "'macro' or 'micro'", average);
    const all = typeof threshold === 'object' ? Array.from(threshold) : [threshold ?? 0];
    if (!all.every(Number.isFinite)) reject('threshold', 'a finite number, or one for each class', threshold);
    this.average = average;
    this.threshold = typeof threshold === 'object' ? all : threshold;
  }

  /** Selects the numerator and the denominator of the ratio. */
  protected abstract ratio(counts: ClassCounts): [numerator: Tensor, denominator: Tensor];

  /** Hits, support and predictions of each class, float32 `[C]` each. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    return classCounts(yTrue, yPred, {
      fromLogits: this.takesLogits(context),
      ignoreLabel: this.ignored(context),
      threshold: this.threshold,
    });
  }

  /** A float32 scalar; NaN if none of the measured classes occurs or is predicted. */
  result([hits, support, predicted]: Tensor[]): Tensor {
    const mask = tfc.tensor1d(this.chosen(hits.shape[0] as number));
    const [above, below] = this.ratio({hits, support, predicted});
    const seen = tfc.mul(mask, tfc.cast(tfc.greater(tfc.add(support, predicted), 0), 'float32'));
    const sum = (x: Tensor) => tfc.reshape(columnSums(tfc.reshape(x, [-1, 1]) as Tensor2D), []);
    if (this.average === 'macro') {
      return tfc.div(sum(tfc.mul(seen, tfc.div(above, tfc.maximum(below, 1e-30)))), sum(seen));
    }
    const isSeen = tfc.div(sum(seen), sum(seen));
    return tfc.mul(isSeen, tfc.div(sum(tfc.mul(mask, above)), tfc.maximum(sum(tfc.mul(mask, below)), 1e-30)));
  }

  /** For each class: 0 if it only occurs or is only predicted, and NaN if neither. */
  protected classValues([hits, support, predicted]: Tensor[]): number[] {
    const [above, below] = this.ratio({hits, support, predicted}).map((x) => x.dataSync());
    const [occurs, taken] = [support.dataSync(), predicted.dataSync()];
    return Array.from(above, (x, j) => (occurs[j] + taken[j] > 0 && below[j] === 0 ? 0 : x / below[j]));
  }

  /** The options, as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...(this.average === 'micro' && {average: 'micro'}),
      ...(this.threshold !== undefined && {threshold: this.threshold as serialization.ConfigDictValue}),
    };
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls({
      ...PerClassMetric.optionsFrom(config),
      ...(config.average !== undefined && {average: config.average}),
      ...(config.threshold !== undefined && {threshold: config.threshold}),
    });
  }
}
