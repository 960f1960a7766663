import type {serialization, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {Loss, type LossContext} from '../../core/loss';
import {asFloats} from '../../kernels/losses/loss_op';
import {checkedIgnoreLabel, countsNoRow, neutralScores} from '../../labels/ignored_rows';
import {type Labels, parseLabels} from '../../labels/labels';
import {perSample} from './per_sample';

/** A `LossContext` that says whether this is training. */
export type RowContext = LossContext & {training: boolean};

/** Options common to all row losses. */
export interface RowLossOptions {
  /**
   * An integer label, such as 255 or −1, whose rows do not count: their loss and gradient are 0, and they change no
   * state of the loss. Labels with columns have no such rows. This package's metrics, including `'accuracy'`, follow
   * the loss; `compile` rejects other TensorFlow.js metrics next to it. Default: none.
   */
  ignoreLabel?: number;
}

/** `loss(yTrue, yPred)` returns one value per sample. */
export interface RowLoss {
  /** `call(yTrue, yPred)`: float32 `[batch]`. */
  // biome-ignore lint/style/useShorthandFunctionType: merges a call signature into the class below
  (yTrue: Tensor, yPred: Tensor): Tensor1D;
}

/**
 * Base class of losses computed row by row, where a row is the C logits of one sample (or of one box of a sample). It
 * reads labels in every form, reshapes both to `[rows, …]`, and averages over a sample's boxes; a subclass implements
 * `rows`. Register it with `registerLoss`.
 *
 * Labels: multi-hot, one-hot or soft `[batch, C]`, or integers `[batch]` or `[batch, 1]`. If the loss accepts
 * background, it is an all-zero row, the integer C, or a last column in `[batch, C + 1]`. Otherwise an all-zero row
 * holds no class, and its loss is 0 in losses of the softmax type. More dimensions between batch and classes (`[batch,
 * boxes, C]`) each count as separate samples. Rows with `ignoreLabel` have loss 0; a sample's loss is the mean over its
 * boxes that count. The mean over a batch, which tfjs takes, is over all samples.
 *
 * @example
 * ```ts
 * const squares: RowFormula<number> = {
 *   name: 'Squares',
 *   losses: (z, y, weight) => tf.sum(tf.mul(weight, tf.squaredDifference(z, y)), 1),
 * };
 * class Squares extends RowLoss {
 *   static className = 'Squares';
 *   protected rows(z: tf.Tensor2D, labels: Labels) {
 *     return rowLosses(squares, z, labels, 0.5);
 *   }
 *   getConfig() {
 *     return {};
 *   }
 * }
 * registerLoss(Squares, {package: 'docs'});
 *
 * const perSample = new Squares()(tf.tensor1d([1], 'int32'), tf.tensor2d([[1, 3]]));
 * console.log(perSample.dataSync()); // → Float32Array(1) [ 2.5 ]
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: instances are functions, see Loss
export abstract class RowLoss extends Loss {
  /** The integer label of rows that do not count, if given. */
  readonly ignoreLabel: number | undefined;

  /**
   * @throws ValueError for options that are not an object, and for an `ignoreLabel` that is not an int32 integer.
   */
  constructor(options: RowLossOptions = {}) {
    if (typeof options !== 'object' || options === null) reject('options', 'an object', options);
    super();
    this.ignoreLabel = checkedIgnoreLabel(options.ignoreLabel);
  }

  /** True: labels come in forms that differ in shape from yPred, and `call` checks them. */
  override get checksLabels(): boolean {
    return true;
  }

  /** Logits. */
  override get expects(): 'logits' | 'probabilities' {
    return 'logits';
  }

  /** Whether a label may be background. Default: true. */
  protected get background(): boolean {
    return true;
  }

  /**
   * @hidden The same, for code outside subclasses.
   */
  get takesBackground(): boolean {
    return this.background;
  }

  /** The number of logits after those of the C classes in yPred. Default: 0. */
  protected get extraLogits(): number {
    return 0;
  }

  /**
   * Computes the losses `[rows]`. Runs in a `tf.tidy`. Change state last: a rejected batch must leave no trace.
   *
   * @param z float32 `[rows, C + extraLogits]`.
   */
  protected abstract rows(z: Tensor2D, labels: Labels, context: RowContext): Tensor1D;

  /**
   * @param yTrue Labels in one of the forms above, of any dtype.
   * @param yPred Logits `[batch, …, C]`, or probabilities if the loss `expects` them; int32 and bool are cast.
   * @param context `{training: false}` in evaluation.
   * @returns float32 `[batch]`; means over dimensions between batch and classes.
   * @throws ValueError if shapes, label values or the number of classes do not fit.
   */
  call(yTrue: Tensor, yPred: Tensor, context: LossContext = {}): Tensor1D {
    return tfc.tidy(() => {
      const labels = parseLabels(yTrue, this.classLogits(yPred), this.background, this.ignoreLabel);
      const {counted} = labels;
      const width = yPred.shape[yPred.shape.length - 1];
      const z = tfc.reshape(asFloats(yPred), [labels.rows, width]) as Tensor2D;
      // A batch in which no row counts does not count as training.
      const training = (context.training ?? true) && !countsNoRow(counted);
      const scores = counted ? neutralScores(z, counted, this.expects === 'logits' ? -1e4 : 0) : z;
      return perSample(this.rows(scores, labels, {...context, training}), yPred.shape, counted);
    });
  }

  /** The options of all row losses, as plain JSON: part of a subclass's `getConfig()`. */
  protected rowConfig(): serialization.ConfigDict {
    return this.ignoreLabel === undefined ? {} : {ignore_label: this.ignoreLabel};
  }

  /** Restores the options of all row losses from `getConfig()`'s form. */
  protected static optionsFrom(config: Record<string, unknown>): RowLossOptions {
    const {ignore_label: ignoreLabel} = config;
    return ignoreLabel == null ? {} : {ignoreLabel: ignoreLabel as number};
  }

  /**
   * @hidden The shape that labels have to fit: yPred's without the extra logits.
   * @throws ValueError if there are no other logits.
   */
  classShape(shape: readonly number[]): readonly number[] {
    const extra = this.extraLogits;
    if (extra === 0) return shape;
    const classes = shape[shape.length - 1] - extra;
    if (shape.length < 2 || classes <= 0) reject('yPred', `of shape [batch, …, classes + ${extra}]`, {shape});
    return [...shape.slice(0, -1), classes];
  }

  private classLogits(yPred: Tensor): Tensor {
    if (this.extraLogits === 0 || !(yPred instanceof tfc.Tensor)) return yPred;
    return tfc.slice(
      yPred,
      yPred.shape.map(() => 0),
      [...this.classShape(yPred.shape)],
    );
  }
}
