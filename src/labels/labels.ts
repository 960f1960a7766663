import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {type LabelForm, labelForm} from './label_form';
import {checkedShares} from './label_values';

/** What is known of labels of `rows` samples over `classes` foreground classes before their values are looked at. */
export interface LabelShape {
  form: LabelForm;
  rows: number;
  classes: number;
  /** Whether an integer label may be C, background. */
  background: boolean;
}

/** Labels as a tensor. */
export interface Labels extends LabelShape {
  /** `multiHot`: `[rows, C]`; `multiHotWithBackground`: `[rows, C + 1]`; `index`: `[rows]`. */
  values: Tensor;
}

/**
 * Brings labels to `[rows, …]` of their form. Call inside a `tf.tidy`.
 *
 * @param background Whether background is a possible label.
 * @throws ValueError for anything but tensors, when the shapes do not fit, or labels have a background column
 *   that is not possible; with C = 1 also for values outside 0 … 1, where labels can be read without a wait
 *   (elsewhere they become NaN).
 */
export function parseLabels(yTrue: Tensor, yPred: Tensor, background = true): Labels {
  if (!(yTrue instanceof tfc.Tensor)) reject('yTrue', 'a tensor', yTrue);
  if (!(yPred instanceof tfc.Tensor)) reject('yPred', 'a tensor', yPred);
  const form = labelForm(yTrue.shape, yPred.shape);
  if (form === 'multiHotWithBackground' && !background) {
    reject('yTrue', `labels without a background column, [${yPred.shape}] or integers`, yTrue);
  }
  const classes = yPred.shape[yPred.shape.length - 1];
  const rows = yPred.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const shape = {multiHot: [rows, classes], multiHotWithBackground: [rows, classes + 1], index: [rows]}[form];
  const values = tfc.reshape(yTrue, shape);
  return {form, values: classes === 1 ? checkedShares(values) : values, rows, classes, background};
}

/**
 * Labels as a dense `[rows, C]` float32 tensor; background rows are all zero. An integer out of range gives a row
 * of NaN, which no loss or metric can swallow unseen; so does a value outside 0 … 1 in any column, background's
 * included, where labels cannot be read without a wait.
 *
 * @throws ValueError for such a value elsewhere.
 */
export function denseLabels(labels: Labels): tfc.Tensor2D {
  const {form, values, rows, classes, background} = labels;
  if (form !== 'index') {
    const shares = tfc.cast(checkedShares(values), 'float32') as tfc.Tensor2D;
    return form === 'multiHot' ? shares : tfc.slice(shares, [0, 0], [rows, classes]);
  }
  const index = tfc.cast(values, 'float32') as tfc.Tensor1D;
  const whole = tfc.equal(index, tfc.round(index));
  const valid = tfc.logicalAnd(
    whole,
    tfc.logicalAnd(tfc.greaterEqual(index, 0), tfc.lessEqual(index, background ? classes : classes - 1)),
  );
  const hot = tfc.equal(tfc.expandDims(index, 1), tfc.range(0, classes));
  return tfc.where(tfc.expandDims(valid, 1), tfc.cast(hot, 'float32'), Number.NaN) as tfc.Tensor2D;
}
