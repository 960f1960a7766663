import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import type {Labels} from '../labels/labels';
import {RowLoss, type RowLossOptions} from './base/row_loss';
import {softmaxRows} from './base/softmax_rows';

/**
 * Plain softmax cross entropy, the baseline of the losses of the softmax type:
 *
 * ```math
 * \mathrm{loss}_r = -\sum_j y_j \log \frac{e^{z_j}}{\sum_k e^{z_k}}
 * ```
 *
 * Labels as in {@link RowLoss}, without background. Logits `[batch, …, C]`, C ≥ 2, loss float32 `[batch]`, in nats.
 *
 * @example
 * ```ts
 * const loss = new SoftmaxCrossEntropy();
 * const perSample = loss(tf.tensor1d([0, 3], 'int32'), tf.zeros([2, 4]));
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '1.386', '1.386' ]
 * ```
 */
export class SoftmaxCrossEntropy extends RowLoss {
  /** Saved as `longtail>SoftmaxCrossEntropy`. */
  static readonly className: string = 'SoftmaxCrossEntropy';

  /** @throws ValueError naming the option that is unknown or out of range. */
  constructor(options: RowLossOptions = {}) {
    checkOptions('SoftmaxCrossEntropy', options, ['ignoreLabel']);
    super(options);
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    return softmaxRows(z, labels);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return this.rowConfig();
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls(RowLoss.optionsFrom(config));
  }
}
