import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {softmaxFamilyLoss} from '../kernels/losses/softmax_family';
import type {Labels} from '../labels/labels';
import type {RowContext} from './base/row_loss';
import {requireClasses} from './base/softmax_rows';
import {TailLoss, type TailLossOptions} from './base/tail_loss';

/** `gamma` is 0.9 by default, as in the paper's experiments on image classification. */
export type SoftmaxEqualizationLossOptions = TailLossOptions;

/**
 * Softmax Equalization Loss (Tan et al., CVPR 2020, arXiv 2003.05176, eqs. 9–11), for classification without
 * background. For class j of a sample
 *
 * ```math
 * \tilde w_k = 1 - \beta\,T_\lambda(f_k)\,(1 - y_k), \quad \tilde p_j = \frac{e^{z_j}}{\sum_k \tilde w_k e^{z_k}}, \quad
 * \mathrm{loss} = -\sum_j y_j \log \tilde p_j
 * ```
 *
 * with T_λ(f) = 1 for f < λ and 0 otherwise, and β ~ Bernoulli(γ) per sample and class during training. A class below λ
 * is spared: in a share γ of the cases it is left out of the denominator of other classes' samples, and so gets no
 * negative gradient from them. In evaluation β = 0: plain softmax cross entropy. Labels: one-hot or soft `[batch, C]`,
 * or integers `[batch]` or `[batch, 1]` in 0 … C − 1; an all-zero row holds no class, and its loss is 0. Predictions
 * are always logits, of at least two classes. The loss is in nats, and never NaN for finite logits.
 *
 * A λ that spares no class causes one warning.
 *
 * @example
 * ```ts
 * const withoutBackground = trainDataset.filter(({ys}) => ys < 100);
 * model.compile({optimizer: 'adam', loss: new SoftmaxEqualizationLoss({lambda: 3e-3, freqInfo, gamma: 0.9})});
 * await model.fitDataset(withoutBackground.batch(64), {epochs: 5});
 * ```
 */
export class SoftmaxEqualizationLoss extends TailLoss {
  /** Saved as `longtail>SoftmaxEqualizationLoss`. */
  static readonly className: string = 'SoftmaxEqualizationLoss';

  /** @throws ValueError naming the option that is missing, unknown or out of range. */
  constructor(options: SoftmaxEqualizationLossOptions) {
    super(options, 0.9, [], {
      fromLogits: 'it always takes logits: leave out the softmax of the last layer',
      requireBackground: 'it needs no background',
    });
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels, {training}: RowContext): Tensor1D {
    const suppression = this.suppression(labels, training, 0);
    requireClasses(labels);
    const losses = softmaxFamilyLoss(z, labels, suppression);
    this.advance(suppression);
    return losses;
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    TailLoss.checkConfig(SoftmaxEqualizationLoss, cls, config);
    const loss = new cls(TailLoss.optionsFrom(config));
    return TailLoss.resume(loss, config);
  }
}
