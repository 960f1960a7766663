import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {requireNumber} from '../core/require_number';
import type {Labels} from '../labels/labels';
import {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
import {softmaxRows} from './base/softmax_rows';

/** Options of an `LDAMLoss`. */
export interface LDAMLossOptions extends FrequencyLossOptions {
  /** The margin of the least frequent class, ≥ 0. Default: 0.5. */
  maxMargin?: number;
  /** s > 0, the factor of all logits. Default: 30. */
  scale?: number;
}

/** Δ_j ∝ N_j^(−1/4), scaled so that the largest is `maxMargin`, `[C]`. */
export function ldamMargins(counts: Float64Array, maxMargin: number): Float64Array {
  const least = counts.reduce((least, count) => Math.min(least, count));
  return counts.map((count) => maxMargin * (least / count) ** 0.25);
}

/**
 * Label-distribution-aware margin loss (Cao et al., NeurIPS 2019, arXiv 1906.07413, eqs. 10 and 13):
 *
 * ```math
 * \mathrm{loss}_r = -\sum_j y_j \log \mathrm{softmax}(s\,(z - \Delta y))_j, \qquad \Delta_j = \mathrm{maxMargin} \Bigl(\frac{\min_k N_k}{N_j}\Bigr)^{1/4}
 * ```
 *
 * The logits are meant to be cosines, z_j = ŵ_j · x̂ with normalized weights and features, in −1 … 1: with a plain last
 * layer, use a smaller `scale`. In the paper the classes are also weighted in the last epochs (LDAM-DRW).
 *
 * Labels as in {@link RowLoss}, without background; soft labels take their share of the margin. Logits `[batch, …, C]`,
 * C ≥ 2, loss float32 `[batch]`, in nats. A class without images is treated as having one.
 *
 * @example
 * ```ts
 * const loss = new LDAMLoss({freqInfo: [0.5, 0.5], maxMargin: 0.5, scale: 2});
 * const perSample = loss(tf.tensor1d([0], 'int32'), tf.tensor2d([[0.5, 0]])); // the margin takes the lead away
 * console.log(perSample.dataSync()[0].toFixed(3)); // → 0.693
 * ```
 */
export class LDAMLoss extends FrequencyLoss {
  /** Saved as `longtail>LDAMLoss`. */
  static readonly className: string = 'LDAMLoss';
  /** Δ of the least frequent class. */
  readonly maxMargin: number;
  /** s. */
  readonly scale: number;

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: LDAMLossOptions) {
    checkOptions('LDAMLoss', options, ['freqInfo', 'maxMargin', 'scale', 'ignoreLabel']);
    super(options);
    this.maxMargin = requireNumber('maxMargin', options.maxMargin ?? 0.5, 0);
    this.scale = requireNumber('scale', options.scale ?? 30, Number.MIN_VALUE);
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    const adjustment = this.fromCounts(labels.classes, (counts) => ({
      margin: ldamMargins(counts, this.maxMargin),
      scale: counts.map(() => this.scale),
    }));
    return softmaxRows(z, labels, adjustment);
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), max_margin: this.maxMargin, scale: this.scale};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {max_margin: maxMargin, scale} = config;
    const freqInfo = FrequencyLoss.freqInfoFrom(config);
    return new cls({...FrequencyLoss.optionsFrom(config), freqInfo, maxMargin, scale});
  }
}
