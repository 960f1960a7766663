import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import {rowLosses} from '../kernels/losses/formula';
import type {Labels} from '../labels/labels';
import {sigmoidFocal, softmaxFocal} from './base/focal_rows';
import {RowLoss} from './base/row_loss';
import {requireClasses} from './base/softmax_rows';

/** Options of a `FocalLoss`. */
export interface FocalLossOptions {
  /** γ ≥ 0: how much less a well classified sample counts; 0 is plain cross entropy. Default: 2. */
  gamma?: number;
  /**
   * α in 0 … 1. Sigmoid: the weight of positives, 1 − α being that of negatives (eq. 5). Softmax: the weight of all,
   * as in Keras's CategoricalFocalCrossentropy. Default: every term counts 1 (eq. 4).
   */
  alpha?: number;
  /** Whether the classes of a sample exclude each other (`'softmax'`) or not (`'sigmoid'`, the default). */
  activation?: 'sigmoid' | 'softmax';
}

/**
 * Focal loss (Lin et al., ICCV 2017, arXiv 1708.02002, eqs. 4 and 5). With p = σ(z), and α and 1 − α left out where no
 * `alpha` is given:
 *
 *     loss_r = Σ_j −y_j α (1 − p_j)^γ log p_j − (1 − y_j) (1 − α) p_j^γ log(1 − p_j)
 *
 * a sum over classes, never divided by C. With `activation: 'softmax'`, p = softmax(z) and
 * loss_r = −α Σ_j y_j (1 − p_j)^γ log p_j. Soft labels mix the terms.
 *
 * Labels as in {@link RowLoss}; background rows are negatives of all classes, softmax takes none. Logits
 * `[batch, …, C]` (softmax: C ≥ 2), loss float32 `[batch]`, in nats.
 *
 * @example
 * ```ts
 * const loss = new FocalLoss({gamma: 2, alpha: 0.25});
 * const perSample = loss(tf.tensor2d([[1, 0]]), tf.zeros([1, 2])); // ¼·¼·ln 2 + ¾·¼·ln 2
 * console.log(perSample.dataSync()[0].toFixed(4)); // → 0.1733
 * ```
 */
export class FocalLoss extends RowLoss {
  /** Saved as `longtail>FocalLoss`. */
  static readonly className: string = 'FocalLoss';
  /** γ. */
  readonly gamma: number;
  /** α, where it was given. */
  readonly alpha: number | undefined;
  /** Sigmoid or softmax. */
  readonly activation: 'sigmoid' | 'softmax';

  /** @throws ValueError naming the option that is out of range. */
  constructor(options: FocalLossOptions = {}) {
    checkOptions('FocalLoss', options, ['gamma', 'alpha', 'activation']);
    super();
    const {gamma = 2, alpha, activation = 'sigmoid'} = options;
    this.gamma = requireNumber('gamma', gamma, 0);
    this.alpha = alpha === undefined ? undefined : requireNumber('alpha', alpha, 0, 1);
    if (activation !== 'sigmoid' && activation !== 'softmax') {
      reject('activation', "'sigmoid' or 'softmax'", activation);
    }
    this.activation = activation;
  }

  protected override get background(): boolean {
    return this.activation === 'sigmoid';
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    if (this.activation === 'softmax') requireClasses(labels);
    return rowLosses(this.activation === 'softmax' ? softmaxFocal : sigmoidFocal, z, labels, this);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {gamma: this.gamma, alpha: this.alpha ?? null, activation: this.activation};
  }

  /** A loss from what `getConfig` gave. For `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {gamma, alpha, activation} = config;
    return new cls({gamma, alpha: alpha ?? undefined, activation});
  }
}
