import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {onHostBackend} from '../core/host_backend';
import {HOW_TO_MAP} from './class_names';
import {type CountedLabels, withoutIgnored} from './ignored_rows';
import {integerForm, type LabelForm, labelForm} from './label_form';
import {checkedShares, requireIndices} from './label_values';

/** What is known about labels of `rows` samples over `classes` foreground classes before their values are read. */
export interface LabelShape {
  /** How a row is encoded. */
  form: LabelForm;
  /** Samples, or boxes of all samples. */
  rows: number;
  /** C, without background. */
  classes: number;
  /** Whether an integer label may be C, background. */
  background: boolean;
}

/** Labels as a tensor. */
export interface Labels extends LabelShape {
  /** `multiHot`: `[rows, C]`; `multiHotWithBackground`: `[rows, C + 1]`; `index`: `[rows]`. */
  values: Tensor;
  /**
   * Which rows count, bool `[rows]`; undefined if all do. An ignored row is read as background, or as class 0 if there
   * is no background, and its loss is dropped. Only code that updates state from rows needs to check this.
   */
  counted?: Tensor;
}

const REAL = ['float32', 'int32', 'bool'];

/**
 * @throws ValueError unless it is a tensor of real numbers that was not disposed of.
 */
export function requireReal(argument: string, value: unknown): void {
  if (!(value instanceof tfc.Tensor)) reject(argument, 'a tensor', value);
  if (value.isDisposed) reject(argument, 'a tensor that is not disposed', value);
  if (!REAL.includes(value.dtype)) {
    reject(argument, `a tensor of dtype float32, int32 or bool (${HOW_TO_MAP})`, value.dtype);
  }
}

/**
 * Reshapes labels to `[rows, …]` of their form. Call inside a `tf.tidy`.
 *
 * @param background Whether background is a possible label.
 * @param ignoreLabel The integer label of rows that do not count; labels with columns have none.
 * @throws ValueError for anything but tensors, if the shapes do not fit, or if labels have a background column that is
 *   not possible; with C = 1 also for values outside 0 … 1, if labels can be read synchronously (otherwise they become
 *   NaN).
 */
export function parseLabels(yTrue: Tensor, yPred: Tensor, background = true, ignoreLabel?: number): Labels {
  requireReal('yTrue', yTrue);
  requireReal('yPred', yPred);
  const form = labelForm(yTrue.shape, yPred.shape, background);
  const classes = yPred.shape[yPred.shape.length - 1];
  const rows = yPred.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const shape = {multiHot: [rows, classes], multiHotWithBackground: [rows, classes + 1], index: [rows]}[form];
  const all: CountedLabels = {values: tfc.reshape(yTrue, shape)};
  const isInteger = form === integerForm(classes);
  const substitute = form === 'index' && background ? classes : 0;
  const {values, counted} =
    ignoreLabel !== undefined && isInteger && rows > 0
      ? withoutIgnored(all.values, ignoreLabel, substitute)
      : all;
  const checked = classes === 1 ? checkedShares(values) : values;
  return {
    form,
    values: checked,
    rows,
    classes,
    background,
    ...(counted && {counted: tfc.reshape(counted, [rows])}),
  };
}

/**
 * Labels as a dense `[rows, C]` float32 tensor; background rows are all zero. If labels cannot be read synchronously,
 * an integer out of range gives a row of NaN, which shows in every loss and metric; so does a value outside 0 … 1 in
 * any column, background's included.
 *
 * @throws ValueError for such a label if it can be read.
 */
export function denseLabels(labels: Labels): tfc.Tensor2D {
  const {form, values, rows, classes, background} = labels;
  if (form !== 'index') {
    const shares = tfc.cast(checkedShares(values), 'float32') as tfc.Tensor2D;
    return form === 'multiHot' ? shares : tfc.slice(shares, [0, 0], [rows, classes]);
  }
  if (onHostBackend()) requireIndices(values.dataSync(), classes, background);
  const index = tfc.cast(values, 'float32') as tfc.Tensor1D;
  const whole = tfc.equal(index, tfc.round(index));
  const valid = tfc.logicalAnd(
    whole,
    tfc.logicalAnd(tfc.greaterEqual(index, 0), tfc.lessEqual(index, background ? classes : classes - 1)),
  );
  const hot = tfc.equal(tfc.expandDims(index, 1), tfc.range(0, classes));
  return tfc.where(tfc.expandDims(valid, 1), tfc.cast(hot, 'float32'), Number.NaN) as tfc.Tensor2D;
}
