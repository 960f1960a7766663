import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {sigmoidFamilyLoss} from '../kernels/losses/sigmoid_family';
import {noSuppression} from '../kernels/losses/suppression';
import type {Labels} from '../labels/labels';
import {RowLoss, type RowLossOptions} from './base/row_loss';

/** Σ_j BCE(σ(z_j), y_j) of each row: `[rows, C]` to `[rows]`. */
export function sigmoidRows(z: Tensor2D, labels: Labels): Tensor1D {
  return sigmoidFamilyLoss(z, labels, noSuppression(labels.classes), true);
}

/**
 * Plain sigmoid cross entropy, the baseline of the losses of the sigmoid type (eq. 3 of arXiv 2003.05176):
 *
 * ```math
 * \mathrm{loss}_r = \sum_j -y_j \log \sigma(z_j) - (1 - y_j) \log(1 - \sigma(z_j))
 * ```
 *
 * a sum over classes, never divided by C. Labels as in {@link RowLoss}; background rows are negatives of all classes.
 * Logits `[batch, …, C]`, loss float32 `[batch]`, in nats.
 *
 * @example
 * ```ts
 * const loss = new SigmoidCrossEntropy();
 * const perSample = loss(tf.tensor1d([0, 2], 'int32'), tf.zeros([2, 2])); // class 0, background
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '1.386', '1.386' ]
 * ```
 */
export class SigmoidCrossEntropy extends RowLoss {
  /** Saved as `longtail>SigmoidCrossEntropy`. */
  static readonly className: string = 'SigmoidCrossEntropy';

  /** @throws ValueError naming the option that is unknown or out of range. */
  constructor(options: RowLossOptions = {}) {
    checkOptions('SigmoidCrossEntropy', options, ['ignoreLabel']);
    super(options);
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    return sigmoidRows(z, labels);
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
