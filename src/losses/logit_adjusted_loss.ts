import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {requireNumber} from '../core/require_number';
import type {Labels} from '../labels/labels';
import {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
import {softmaxRows} from './base/softmax_rows';

/** Options of a `LogitAdjustedLoss`. */
export interface LogitAdjustedLossOptions extends FrequencyLossOptions {
  /** τ ≥ 0: 0 is plain softmax cross entropy. Default: 1. */
  tau?: number;
}

/** τ · log π_j with π_j = N_j / Σ_k N_k, `[C]`. @param counts Above 0. */
export function logPriors(counts: Float64Array, tau = 1): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => tau * Math.log(count / total));
}

/**
 * Logit-adjusted softmax cross entropy (Menon et al., ICLR 2021, arXiv 2007.07314, eq. 10):
 *
 * ```math
 * \mathrm{loss}_r = -\sum_j y_j \log \mathrm{softmax}(z + \tau \log \pi)_j, \qquad \pi_j = \frac{N_j}{\sum_k N_k}
 * ```
 *
 * The model learns logits without the classes' frequencies: predict by the arg max of z itself. With τ = 1 this is
 * consistent for balanced accuracy. Labels as in {@link RowLoss}, without background. Logits `[batch, …, C]`, C ≥ 2,
 * loss float32 `[batch]`, in nats. A class without images is treated as having one.
 *
 * @example
 * ```ts
 * const loss = new LogitAdjustedLoss({freqInfo: [0.75, 0.25]});
 * const perSample = loss(tf.tensor1d([0, 1], 'int32'), tf.zeros([2, 2])); // −log ¾, −log ¼
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '0.288', '1.386' ]
 * ```
 */
export class LogitAdjustedLoss extends FrequencyLoss {
  /** Saved as `longtail>LogitAdjustedLoss`. */
  static readonly className: string = 'LogitAdjustedLoss';
  /** τ. */
  readonly tau: number;

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: LogitAdjustedLossOptions) {
    checkOptions('LogitAdjustedLoss', options, ['freqInfo', 'tau', 'ignoreLabel']);
    super(options);
    this.tau = requireNumber('tau', options.tau ?? 1, 0);
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    const adjustment = this.fromCounts(labels.classes, (counts) => ({bias: logPriors(counts, this.tau)}));
    return softmaxRows(z, labels, adjustment);
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), tau: this.tau};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const freqInfo = FrequencyLoss.freqInfoFrom(config);
    return new cls({...FrequencyLoss.optionsFrom(config), freqInfo, tau: config.tau});
  }
}
