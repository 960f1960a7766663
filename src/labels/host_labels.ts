import type {LabelForm} from './label_form';
import {isShare, refuseShare, requireIndices} from './label_values';
import type {LabelShape, Labels} from './labels';

export type LabelValues = Float32Array | Int32Array | Uint8Array;

/** Labels in memory, with what a pass needs to know of them. */
export interface HostLabels {
  form: LabelForm;
  values: LabelValues;
  rows: number;
  classes: number;
  /** Distance between the rows of `values`. */
  stride: number;
  /** The index of row 0 within the batch, for messages. Default: 0. */
  firstRow?: number;
}

/**
 * Views labels in memory. Integer labels are checked, as a wrong one would otherwise count as background; labels with
 * columns are checked by the pass that reads them.
 *
 * @param firstRow The index within the batch of the first row of `values`.
 * @throws ValueError for a label that is not an integer in 0 … C (0 … C − 1 without background).
 */
export function hostLabels(
  {form, rows, classes, background}: LabelShape,
  values: LabelValues,
  firstRow = 0,
): HostLabels {
  if (form === 'index') requireIndices(values.subarray(0, rows), classes, background, firstRow);
  const stride = form === 'index' ? 1 : form === 'multiHot' ? classes : classes + 1;
  return {form, values, rows, classes, stride, firstRow};
}

/** `hostLabels` of a tensor, for backends whose memory JavaScript reads. */
export function readLabels(labels: Labels): HostLabels {
  return hostLabels(labels, labels.values.dataSync() as LabelValues);
}

/**
 * 1 − E(r): the share of row r that is background, 0 or 1 for hard labels.
 *
 * Mixup of a foreground image with a background image gives the labels a · y + (1 − a) · (background), and its cross
 * entropy is the mean of both, weighted by a. A share a of its negatives are those of a foreground image, and are
 * spared to that share: E(r) = a. Three rules give this, and the right E(r) for hard labels:
 *
 * - `multiHot`: E = min(1, Σ_j y_j), as background is what a row's sum lacks to 1.
 * - `multiHotWithBackground`: E = 1 − y_background, but at least max_j y_j, as a row may hold both a class and
 *   background. A row without a positive class has E = 0.
 * - `index`: E = 1 for a class.
 */
export function backgroundShare({form, values, classes, stride}: HostLabels, row: number): number {
  if (form === 'index') return values[row] < classes ? 0 : 1;
  const start = row * stride;
  let sum = 0;
  let largest = 0;
  for (let j = 0; j < classes; ++j) {
    const y = values[start + j];
    sum += y;
    if (y > largest) largest = y;
  }
  if (form === 'multiHot') return clipped(1 - sum);
  return largest > 0 ? clipped(Math.min(values[start + classes], 1 - largest)) : 1;
}

const clipped = (share: number) => Math.min(Math.max(share, 0), 1);

/**
 * Copies y of row r to `y`, `[C]`.
 *
 * @throws ValueError for values outside 0 … 1, including background's.
 */
export function copyRow(
  {form, values, stride, firstRow = 0}: HostLabels,
  row: number,
  y: Float64Array,
): void {
  if (form === 'index') {
    y.fill(0)[values[row]] = 1;
    return;
  }
  for (let j = 0, at = row * stride; j < stride; ++j, ++at) {
    if (!isShare(values[at])) refuseShare(values[at], firstRow + row);
    if (j < y.length) y[j] = values[at];
  }
}

/** y of row r and class j, in 0 … 1. */
export function labelAt({form, values, stride}: HostLabels, row: number, j: number): number {
  return form === 'index' ? (values[row] === j ? 1 : 0) : values[row * stride + j];
}
