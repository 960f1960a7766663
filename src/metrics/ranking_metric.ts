import type {serialization, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {PerClassMetric, type PerClassOptions} from './per_class_metric';
import {type RankedScores, rankedScores} from './ranking';
import {type Activation, activationOf, logSoftmax, scoreRows} from './score_rows';

/** How samples are ranked. */
export interface RankingOptions extends PerClassOptions {
  /**
   * The activation for logits. If classes are mutually exclusive (`'softmax'`), the scores of a class are comparable
   * between samples only after the softmax; a sigmoid changes no order. Default: the one that the model's loss implies;
   * otherwise softmax, or sigmoid for a single logit.
   */
  activation?: Activation;
}

/**
 * Base class of metrics that rank all samples by their scores for a class, one class against the rest, exactly over the
 * pass: they keep each sample's scores and labels, 5 bytes per class and sample. Background samples are negatives of
 * every class.
 */
export abstract class RankingMetric extends PerClassMetric {
  /** The activation for logits, if given. */
  readonly activation: Activation | undefined;

  /** @throws ValueError for invalid options. */
  protected constructor(baseName: string, options: RankingOptions) {
    super(baseName, options, ['activation']);
    const {activation} = options;
    if (activation !== undefined && activation !== 'softmax' && activation !== 'sigmoid') {
      reject('activation', "'softmax' or 'sigmoid'", activation);
    }
    this.activation = activation;
  }

  /** True: a ranking needs all samples. */
  override get keepsRows(): boolean {
    return true;
  }

  /** Computes the value of one class; NaN if it is undefined. */
  protected abstract ofClass(scores: RankedScores): number;

  /** Scores, float32 `[rows, C]`; the classes held, bool `[rows, C]`; and which rows count, bool `[rows]`. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    const rows = scoreRows(yTrue, yPred, this.ignored(context));
    const {labels, held, scores} = rows;
    const counted = labels.counted ?? tfc.ones([labels.rows], 'bool');
    if (labels.rows === 0) return [scores, tfc.cast(held, 'bool'), tfc.cast(counted, 'bool')];
    const isSoftmax =
      this.takesLogits(context) && activationOf(rows, this.activation ?? context?.activation) === 'softmax';
    const ranked = isSoftmax ? logSoftmax(scores) : scores;
    // An invalid label must not become a held class.
    const invalid = tfc.isNaN(held);
    const checked = tfc.where(invalid, tfc.fill(held.shape, Number.NaN), ranked);
    return [
      checked,
      tfc.logicalAnd(tfc.cast(held, 'bool'), tfc.logicalNot(invalid)),
      tfc.cast(counted, 'bool'),
    ];
  }

  /** Mean over the classes with a defined value, a float32 scalar; NaN if there is none. */
  result(totals: Tensor[]): Tensor {
    const mask = this.chosen(totals[0].shape[1] as number);
    const known = isBroken(totals, mask)
      ? []
      : this.valuesOf(totals, mask).filter((value) => !Number.isNaN(value));
    return tfc.scalar(known.reduce((sum, value) => sum + value, 0) / known.length);
  }

  protected classValues(totals: Tensor[]): number[] {
    return this.valuesOf(totals, new Float32Array(totals[0].shape[1] as number).fill(1));
  }

  private valuesOf(totals: Tensor[], mask: Float32Array): number[] {
    const [scores, held, counted] = totals.map((total) => total.dataSync());
    return Array.from(mask, (isChosen, j) =>
      isChosen ? this.ofClass(rankedScores(scores, held, counted, mask.length, j)) : Number.NaN,
    );
  }

  /** The options, as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), ...(this.activation !== undefined && {activation: this.activation})};
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls({
      ...PerClassMetric.optionsFrom(config),
      ...(config.activation !== undefined && {activation: config.activation}),
    });
  }
}

// NaN must not be skipped like a class that does not occur.
function isBroken([scores, , counted]: Tensor[], mask: Float32Array): boolean {
  const [values, counts] = [scores.dataSync(), counted.dataSync()];
  return values.some(
    (value, i) =>
      Number.isNaN(value) && mask[i % mask.length] === 1 && counts[Math.floor(i / mask.length)] !== 0,
  );
}
