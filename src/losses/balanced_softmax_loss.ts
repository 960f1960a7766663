import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import type {Labels} from '../labels/labels';
import {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
import {softmaxRows} from './base/softmax_rows';
import {logPriors} from './logit_adjusted_loss';

/** Options of a `BalancedSoftmaxLoss`. */
export type BalancedSoftmaxLossOptions = FrequencyLossOptions;

/**
 * Balanced softmax (Ren et al., NeurIPS 2020, arXiv 2007.10740, eq. 4):
 *
 * ```math
 * \mathrm{loss}_r = -\sum_j y_j \log \frac{N_j e^{z_j}}{\sum_k N_k e^{z_k}}
 * ```
 *
 * with N_j the number of images of class j; equal to `LogitAdjustedLoss` with τ = 1. Predict by the arg max, or
 * softmax, of z itself. Labels as in {@link RowLoss}, without background. Logits `[batch, …, C]`, C ≥ 2, loss float32
 * `[batch]`, in nats. A class without images is treated as having one.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [300, 100], numImages: 400});
 * const loss = new BalancedSoftmaxLoss({freqInfo: counts});
 * const perSample = loss(tf.tensor1d([0, 1], 'int32'), tf.zeros([2, 2])); // −log ¾, −log ¼
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '0.288', '1.386' ]
 * ```
 */
export class BalancedSoftmaxLoss extends FrequencyLoss {
  /** Saved as `longtail>BalancedSoftmaxLoss`. */
  static readonly className: string = 'BalancedSoftmaxLoss';

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: BalancedSoftmaxLossOptions) {
    checkOptions('BalancedSoftmaxLoss', options, ['freqInfo', 'ignoreLabel']);
    super(options);
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    const adjustment = this.fromCounts(labels.classes, (counts) => ({bias: logPriors(counts)}));
    return softmaxRows(z, labels, adjustment);
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls({...FrequencyLoss.optionsFrom(config), freqInfo: FrequencyLoss.freqInfoFrom(config)});
  }
}
