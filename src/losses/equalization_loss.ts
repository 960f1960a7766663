import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject, ValueError} from '../core/errors';
import {sigmoidFamilyLoss} from '../kernels/losses/sigmoid_family';
import type {Labels} from '../labels/labels';
import {BackgroundWatch} from './base/background_watch';
import type {RowContext} from './base/row_loss';
import {TailLoss, type TailLossOptions} from './base/tail_loss';

/** Options of an `EqualizationLoss`; `gamma` is 1 by default. */
export interface EqualizationLossOptions extends TailLossOptions {
  /**
   * Whether yPred holds logits (default) or probabilities. If `true` is given, `compile` does not check the last layer.
   */
  fromLogits?: boolean;
  /**
   * Whether to throw if training continues without background (default), as the loss then collapses. The error comes
   * with the 50th training batch if none has held a background row, `gamma` is 1 and λ spares a class.
   */
  requireBackground?: boolean;
}

const OPTIONS = ['fromLogits', 'requireBackground'];
const CONFIG_KEYS = ['from_logits', 'require_background'];
/** From this T(f) on, a class loses most of its negatives, and needs background. */
const MOSTLY_SPARED = 0.5;

/**
 * Equalization Loss (Tan et al., CVPR 2020, arXiv 2003.05176, eqs. 6 and 7). For class j of sample r
 *
 * ```math
 * w_j = 1 - E(r)\,\beta\,T_\lambda(f_j)\,(1 - y_j), \qquad \mathrm{loss}_r = \sum_j w_j\,\mathrm{BCE}(\sigma(z_j), y_j)
 * ```
 *
 * with E(r) = 0 for background samples, T_λ(f) = 1 for f < λ and 0 otherwise, and BCE(p, y) = −y·log p − (1 − y)·log(1
 * − p) (eqs. 3 and 4). Its gradient with respect to z_j is w_j·(σ(z_j) − y_j) (eq. 5, weighted). A class below λ is
 * spared: it keeps its positive gradient but loses the negative one from other foreground samples. β is our extension;
 * the paper has it only in eq. 11. It is 1 unless `gamma` < 1 makes it Bernoulli(γ) per sample and class; in evaluation
 * it is replaced by its mean γ, which gives the expected loss exactly.
 *
 * It is made for data with background samples, such as those of detectors. Without any, a spared class receives no
 * negative gradient at all and plain EQL collapses: use `gamma` < 1 or `SoftmaxEqualizationLoss` instead. Training
 * throws once 50 batches have held no background row (E(r) ≤ 0.5), and with each further batch until one does; WebGL
 * and WebGPU read labels late and throw some batches later. Each output of a model is counted separately. Evaluation,
 * calls outside a gradient (`tf.variableGrads` and the like) and batches without rows do not count, and the count is
 * not saved. `requireBackground: false` turns this off. A λ that spares no class causes one warning.
 *
 * Labels: multi-hot, one-hot or soft `[batch, C]` (an all-zero row is background), `[batch, C + 1]` with a last column
 * for background, or integers `[batch]` or `[batch, 1]` in 0 … C, C meaning background. More dimensions between batch
 * and classes (`[batch, boxes, C]`) each count as separate samples. With C = 1, `[batch]` and `[batch, 1]` are 1 for a
 * positive and 0 for a negative. Losses are in nats, sums over classes, never divided by C. With soft labels (mixup,
 * label smoothing) E(r) is soft: min(1, Σ_j y_j) for `[batch, C]`; for `[batch, C + 1]` 1 minus the last column, but at
 * least the largest y_j, and 0 if no class is positive. An image mixed with background by a share a has E(r) = a.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss: new EqualizationLoss({lambda: 3e-3, freqInfo})});
 * await model.fitDataset(trainDataset.batch(64), {epochs: 5});
 * ```
 *
 * @example Called directly
 * ```ts
 * const loss = new EqualizationLoss({lambda: 0.01, freqInfo: [0.5, 0.001]});
 * const logits = tf.zeros([3, 2]);
 * const labels = tf.tensor1d([0, 1, 2], 'int32'); // frequent, spared, background
 * const perSample = loss(labels, logits); // ln 2 for each class that is not spared
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '0.693', '1.386', '1.386' ]
 * ```
 */
export class EqualizationLoss extends TailLoss {
  /** Saved as `longtail>EqualizationLoss`. */
  static readonly className: string = 'EqualizationLoss';
  /** Whether yPred holds logits, not probabilities. */
  readonly fromLogits: boolean;
  /** Whether training without background throws. */
  readonly requireBackground: boolean;
  private readonly saysFromLogits: boolean;
  private readonly watches = new Map<number | undefined, BackgroundWatch>();

  /** @throws ValueError naming the option that is missing, unknown or out of range. */
  constructor(options: EqualizationLossOptions) {
    super(options, 1, OPTIONS);
    const {fromLogits = true, requireBackground = true} = options;
    if (typeof fromLogits !== 'boolean') reject('fromLogits', 'true or false', fromLogits);
    if (typeof requireBackground !== 'boolean') {
      reject('requireBackground', 'true or false', requireBackground);
    }
    this.fromLogits = fromLogits;
    this.requireBackground = requireBackground;
    this.saysFromLogits = options.fromLogits !== undefined;
  }

  /** Logits, or probabilities if `fromLogits` is false. */
  override get expects(): 'logits' | 'probabilities' {
    return this.fromLogits ? 'logits' : 'probabilities';
  }

  /** False if `fromLogits: true` was given, as in every saved configuration of a loss of logits. */
  override get checksActivation(): boolean {
    return !(this.saysFromLogits && this.fromLogits);
  }

  protected rows(z: Tensor2D, labels: Labels, {training, output}: RowContext): Tensor1D {
    const suppression = this.suppression(labels, training, this.gamma);
    const losses = sigmoidFamilyLoss(z, labels, suppression, this.fromLogits);
    // Last of all that may throw: labels that the loss rejects do not count as a batch.
    if (training && this.needsBackground(suppression.tail)) this.watchOf(output).observe(labels);
    this.advance(suppression);
    return losses;
  }

  // Background of one head teaches another nothing.
  private watchOf(output: number | undefined): BackgroundWatch {
    let watch = this.watches.get(output);
    if (watch == null) {
      watch = new BackgroundWatch(refuseCollapse);
      this.watches.set(output, watch);
    }
    return watch;
  }

  // A call without a gradient, such as in a hand-written validation, is not a training step.
  private needsBackground(tail: Float64Array): boolean {
    if (tfc.engine().state.gradientDepth === 0) return false;
    return this.requireBackground && this.gamma === 1 && tail.some((t) => t >= MOSTLY_SPARED);
  }

  /** Options as plain JSON. */
  override getConfig(): tfc.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      from_logits: this.fromLogits,
      ...(!this.requireBackground && {require_background: false}),
    };
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    TailLoss.checkConfig(EqualizationLoss, cls, config, CONFIG_KEYS);
    const options = {
      ...TailLoss.optionsFrom(config),
      fromLogits: config.from_logits as boolean | undefined,
      requireBackground: config.require_background as boolean | undefined,
    };
    return TailLoss.resume(new cls(options), config);
  }
}

function refuseCollapse(batches: number): never {
  throw new ValueError(
    `Expected \`yTrue\` to hold background in one of the first ${batches} training batches of EqualizationLoss. ` +
      'Received: foreground only. The classes below lambda then never receive a negative gradient, and training ' +
      'collapses. Add background samples, use SoftmaxEqualizationLoss, set gamma below 1, or continue with ' +
      'requireBackground: false',
  );
}
