import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {requireNumber} from '../core/require_number';
import type {Labels} from '../labels/labels';
import {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
import {softmaxRows} from './base/softmax_rows';

/** Options of a `ClassDependentTemperatureLoss`. */
export interface ClassDependentTemperatureLossOptions extends FrequencyLossOptions {
  /** γ ≥ 0: 0 is plain softmax cross entropy; the paper's best values lie in 0.1 … 0.4. */
  gamma: number;
}

/** 1 / a_j with a_j = (max_k N_k / N_j)^γ, `[C]`. */
export function inverseTemperatures(counts: Float64Array, gamma: number): Float64Array {
  const most = counts.reduce((most, count) => Math.max(most, count));
  return counts.map((count) => (count / most) ** gamma);
}

/**
 * Class-dependent temperatures (Ye et al., 2020, arXiv 2001.01385, eq. 4):
 *
 * ```math
 * \mathrm{loss}_r = -\sum_j y_j \log \mathrm{softmax}(z / a)_j, \qquad a_j = \Bigl(\frac{\max_k N_k}{N_j}\Bigr)^\gamma
 * ```
 *
 * Training divides the logits of less frequent classes, which therefore have to grow larger; predict by the arg max of
 * z itself. Labels as in {@link RowLoss}, without background. Logits `[batch, …, C]`, C ≥ 2, loss float32 `[batch]`, in
 * nats. A class without images is treated as having one.
 *
 * @example
 * ```ts
 * const loss = new ClassDependentTemperatureLoss({freqInfo: [0.8, 0.2], gamma: 0.5}); // a = 1, 2
 * const perSample = loss(tf.tensor1d([1], 'int32'), tf.tensor2d([[1, 2]]));
 * console.log(perSample.dataSync()[0].toFixed(3)); // → 0.693
 * ```
 */
export class ClassDependentTemperatureLoss extends FrequencyLoss {
  /** Saved as `longtail>ClassDependentTemperatureLoss`. */
  static readonly className: string = 'ClassDependentTemperatureLoss';
  /** γ. */
  readonly gamma: number;

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: ClassDependentTemperatureLossOptions) {
    checkOptions('ClassDependentTemperatureLoss', options, ['freqInfo', 'gamma', 'ignoreLabel']);
    super(options);
    this.gamma = requireNumber('gamma', options.gamma, 0);
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    const adjustment = this.fromCounts(labels.classes, (counts) => ({
      scale: inverseTemperatures(counts, this.gamma),
    }));
    return softmaxRows(z, labels, adjustment);
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), gamma: this.gamma};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const freqInfo = FrequencyLoss.freqInfoFrom(config);
    return new cls({...FrequencyLoss.optionsFrom(config), freqInfo, gamma: config.gamma});
  }
}
