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

/** What all losses of rows take. */
export interface RowLossOptions {
  /**
   * An integer label, such as 255 or −1: rows that have it do not count. Their loss and gradient are 0, and no state of
   * the loss is moved by them. Labels with columns have no such rows. Metrics of this package, `'accuracy'` among
   * them, follow the loss; `compile` refuses TensorFlow.js's other ones next to it. Default: none.
   */
  ignoreLabel?: number;
}

/** `loss(yTrue, yPred)` gives one value per sample. */
export interface RowLoss {
  /** `call(yTrue, yPred)`: float32 `[batch]`. */
  // biome-ignore lint/style/useShorthandFunctionType: merges a call signature into the class below
  (yTrue: Tensor, yPred: Tensor): Tensor1D;
}

/**
 * Base of losses that are computed row by row, a row being the C logits of one sample (or of one box of a sample).
 * It reads the labels in every form, brings both to `[rows, …]`, and takes the mean over a sample's boxes; a
 * subclass gives `rows`. Register it with `registerLoss`.
 *
 * Labels: multi-hot, one-hot or soft `[batch, C]`, or integers `[batch]` or `[batch, 1]`. Where the loss takes
 * background: all-zero rows, the integer C, and `[batch, C + 1]` with a last column for background. Elsewhere an
 * all-zero row holds no class, and its loss is 0 in the losses of the softmax type. More dimensions
 * between batch and classes (`[batch, boxes, C]`) each count as separate samples. Rows with `ignoreLabel` have loss 0; a
 * sample's loss is the mean over its boxes that count. The mean over a batch, which is tfjs's, is over all samples.
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
  /** The integer label of rows that do not count, where one was given. */
  readonly ignoreLabel: number | undefined;

  /** @throws ValueError for options that are no object, and for an `ignoreLabel` that is no int32 integer. */
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

  /** @hidden The same, for those who are no subclass. */
  get takesBackground(): boolean {
    return this.background;
  }

  /** How many logits of no class follow those of the C classes in yPred. Default: 0. */
  protected get extraLogits(): number {
    return 0;
  }

  /**
   * The losses `[rows]`. Runs in a `tf.tidy`. Move state last: a batch that is rejected must leave no trace.
   *
   * @param z float32 `[rows, C + extraLogits]`.
   */
  protected abstract rows(z: Tensor2D, labels: Labels, context: RowContext): Tensor1D;

  /**
   * @param yTrue Labels in one of the forms above, of any dtype.
   * @param yPred Logits `[batch, …, C]`, or probabilities where the loss `expects` them; int32 and bool are cast.
   * @param context `{training: false}` in evaluation.
   * @returns float32 `[batch]`; means over dimensions between batch and classes.
   * @throws ValueError when shapes, label values or the number of classes do not fit.
   */
  call(yTrue: Tensor, yPred: Tensor, context: LossContext = {}): Tensor1D {
    return tfc.tidy(() => {
      const labels = parseLabels(yTrue, this.classLogits(yPred), this.background, this.ignoreLabel);
      const {counted} = labels;
      const width = yPred.shape[yPred.shape.length - 1];
      const z = tfc.reshape(asFloats(yPred), [labels.rows, width]) as Tensor2D;
      // A batch of which no row counts is none.
      const training = (context.training ?? true) && !countsNoRow(counted);
      const scores = counted ? neutralScores(z, counted, this.expects === 'logits' ? -1e4 : 0) : z;
      return perSample(this.rows(scores, labels, {...context, training}), yPred.shape, counted);
    });
  }

  /** The options that all losses of rows take, as plain JSON: part of a subclass's `getConfig()`. */
  protected rowConfig(): serialization.ConfigDict {
    return this.ignoreLabel === undefined ? {} : {ignore_label: this.ignoreLabel};
  }

  /** The options of all losses of rows out of `getConfig()`'s form. */
  protected static optionsFrom(config: Record<string, unknown>): RowLossOptions {
    const {ignore_label: ignoreLabel} = config;
    return ignoreLabel == null ? {} : {ignoreLabel: ignoreLabel as number};
  }

  /**
   * @hidden What the labels have to fit: yPred's shape without the logits of no class.
   * @throws ValueError where it has no others.
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
