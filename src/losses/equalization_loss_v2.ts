import type {serialization, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {onHostBackend} from '../core/host_backend';
import {requireInteger} from '../core/require_integer';
import {requireNumber} from '../core/require_number';
import {rowLosses} from '../kernels/losses/formula';
import {untaped} from '../kernels/losses/untaped';
import {denseLabels, type Labels} from '../labels/labels';
import {ClassState} from './base/class_state';
import type {RowContext} from './base/row_loss';
import {StatefulLoss, type StatefulLossOptions} from './base/stateful_loss';
import {equalizationV2, gradientSums, type Sides} from './equalization_v2_rows';

/** Options of an `EqualizationLossV2`. With `objectness`, yPred has C + 1 logits, the last of which is background's. */
export interface EqualizationLossV2Options extends StatefulLossOptions {
  /** γ > 0: the steepness of f. Default: 12. */
  gamma?: number;
  /** μ: the ratio at which f is ½. Default: 0.8. */
  mu?: number;
  /** α ≥ 0: the extra weight of the positives of an unbalanced class. Default: 4. */
  alpha?: number;
}

/** g_j before training, which makes every class count as balanced. */
const RATIO_AT_START = 100;

/**
 * Equalization Loss v2 (Tan et al., CVPR 2021, arXiv 2012.08548, eqs. 4–7). With g_j the ratio of the positive to the
 * negative gradients that class j has received so far in training:
 *
 * ```math
 * \begin{aligned}
 * \mathrm{loss}_r &= \sum_j W_j\,\mathrm{BCE}(\sigma(z_j), y_j), & W_j &= y_j (1 + \alpha(1 - f(g_j))) + (1 - y_j) f(g_j) \\
 * f(x) &= \frac{1}{1 + e^{-\gamma(x - \mu)}}, & g_j &= \frac{\sum W_j |\sigma(z_j) - y_j|\,y_j}{\sum W_j |\sigma(z_j) - y_j| (1 - y_j) + 10^{-10}}
 * \end{aligned}
 * ```
 *
 * g starts at 100, which weights all classes equally; each training batch adds its weighted gradients, summed over all
 * rows, to the sums. The sums are state: evaluation does not change them, and they are saved with the model.
 *
 * Labels as in {@link RowLoss}; background rows are negatives of all classes. Logits `[batch, …, C]`, or `[batch, …, C
 * + 1]` with `objectness`: the last one is background's, for which background rows are positives, with weight 1. A
 * class's score is then σ(z_j) · (1 − σ(z_C)). The loss is float32 `[batch]`, in nats, a sum over logits.
 *
 * @example
 * ```ts
 * const loss = new EqualizationLossV2({numClasses: 100});
 * model.compile({optimizer: 'adam', loss});
 * await model.fitDataset(trainDataset.batch(64), {epochs: 5});
 * ```
 */
export class EqualizationLossV2 extends StatefulLoss {
  /** Saved as `longtail>EqualizationLossV2`. */
  static readonly className: string = 'EqualizationLossV2';
  /** γ. */
  readonly gamma: number;
  /** μ. */
  readonly mu: number;
  /** α. */
  readonly alpha: number;
  private readonly gradients: Sides<ClassState>;
  /** Number of training batches seen, a single value. */
  private readonly batches = new ClassState(1);

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: EqualizationLossV2Options) {
    checkOptions('EqualizationLossV2', options, [
      'numClasses',
      'objectness',
      'gamma',
      'mu',
      'alpha',
      'ignoreLabel',
    ]);
    super(options);
    const {gamma = 12, mu = 0.8, alpha = 4} = options;
    this.gamma = requireNumber('gamma', gamma, Number.MIN_VALUE);
    this.mu = requireNumber('mu', mu);
    this.alpha = requireNumber('alpha', alpha, 0);
    this.gradients = {positive: new ClassState(this.numClasses), negative: new ClassState(this.numClasses)};
  }

  protected override get states(): readonly ClassState[] {
    return [this.gradients.positive, this.gradients.negative, this.batches];
  }

  protected override get extraLogits(): number {
    return this.objectness ? 1 : 0;
  }

  protected rows(z: Tensor2D, labels: Labels, {training}: RowContext): Tensor1D {
    this.checkClasses(labels);
    // Without rows there is nothing to learn.
    const learn = training && labels.rows > 0;
    return onHostBackend() ? this.rowsOnHost(z, labels, learn) : this.rowsOnDevice(z, labels, learn);
  }

  private rowsOnHost(z: Tensor2D, labels: Labels, learn: boolean): Tensor1D {
    const {positive, negative} = this.gradients;
    const sums = {positive: positive.onHost().slice(), negative: negative.onHost().slice()};
    const weights = this.weightsOf(sums);
    const losses = rowLosses(equalizationV2, z, labels, {weights, sums: learn ? sums : undefined});
    // A NaN or infinite logit is in both sums; its batch leaves no trace.
    if (learn && sums.positive.every(Number.isFinite) && sums.negative.every(Number.isFinite)) {
      positive.set(sums.positive);
      negative.set(sums.negative);
      this.batches.set(Float64Array.of(this.batches.onHost()[0] + 1));
    }
    return losses;
  }

  private weightsOf({positive, negative}: Sides<Float64Array>): Sides<Float64Array> {
    const isStart = this.batches.onHost()[0] === 0;
    const f = positive.map((sum, j) => {
      const ratio = isStart ? RATIO_AT_START : sum / (negative[j] + 1e-10);
      return 1 / (1 + Math.exp(-this.gamma * (ratio - this.mu)));
    });
    return {positive: f.map((value) => 1 + this.alpha * (1 - value)), negative: f};
  }

  private rowsOnDevice(z: Tensor2D, labels: Labels, learn: boolean): Tensor1D {
    const {positive, negative} = this.gradients;
    const weights = this.weightTensors();
    const losses = rowLosses(equalizationV2, z, labels, {weights});
    if (learn) {
      const constant = untaped(() => tfc.clone(z));
      const moved = gradientSums(constant, denseLabels(labels), labels.counted, weights);
      const add = (state: ClassState, moves: Tensor1D) =>
        state.set(tfc.add(state.onDevice(), moves) as Tensor1D);
      add(positive, moved.positive);
      add(negative, moved.negative);
      add(this.batches, moved.batches);
    }
    return losses;
  }

  private weightTensors(): Sides<Tensor> {
    const {positive, negative} = this.gradients;
    const ratio = tfc.where(
      tfc.equal(this.batches.onDevice(), 0),
      RATIO_AT_START,
      tfc.div(positive.onDevice(), tfc.add(negative.onDevice(), 1e-10)),
    );
    const f = tfc.sigmoid(tfc.mul(this.gamma, tfc.sub(ratio, this.mu)));
    return {positive: tfc.add(1, tfc.mul(this.alpha, tfc.sub(1, f))), negative: f};
  }

  /** Sums of absolute gradients per class, and the number of training batches. */
  getState(): serialization.ConfigDict {
    const {positive, negative} = this.gradients;
    return {
      positive_gradient: positive.toJSON(),
      negative_gradient: negative.toJSON(),
      step: this.batches.toJSON()[0],
    };
  }

  setState(state: Record<string, unknown>): void {
    const step = requireInteger('state.step', state.step, 0);
    this.gradients.positive.restore('state.positive_gradient', state.positive_gradient);
    this.gradients.negative.restore('state.negative_gradient', state.negative_gradient);
    this.batches.set(Float64Array.of(step));
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), gamma: this.gamma, mu: this.mu, alpha: this.alpha};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {num_classes: numClasses, objectness, gamma, mu, alpha} = config;
    return new cls({...StatefulLoss.optionsFrom(config), numClasses, objectness, gamma, mu, alpha});
  }
}
