import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {sigmoidFamilyLoss} from '../kernels/losses/sigmoid_family';
import type {Labels} from '../labels/labels';
import {RowLoss} from './base/row_loss';

/** Σ_j BCE(σ(z_j), y_j) of each row: `[rows, C]` to `[rows]`. */
export function sigmoidRows(z: Tensor2D, labels: Labels): Tensor1D {
  return sigmoidFamilyLoss(z, labels, {tail: new Float64Array(labels.classes), beta: 0}, true) as Tensor1D;
}

/**
 * Plain sigmoid cross entropy, the baseline of the losses of the sigmoid type (eq. 3 of arXiv 2003.05176):
 *
 *     loss_r = Σ_j −y_j log σ(z_j) − (1 − y_j) log(1 − σ(z_j))
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

  /** @throws ValueError for any option: it has none. */
  constructor(options: Record<string, never> = {}) {
    super();
    checkOptions('SigmoidCrossEntropy', options, []);
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    return sigmoidRows(z, labels);
  }

  /** Nothing. */
  getConfig(): serialization.ConfigDict {
    return {};
  }
}
