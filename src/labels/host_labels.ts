import type {LabelForm} from './label_form';
import {isShare, refuseShare, requireIndices} from './label_values';
import type {LabelShape, Labels} from './labels';

export type LabelValues = Float32Array | Int32Array | Uint8Array;

/** Labels in memory, with what a pass asks of them. */
export interface HostLabels {
  form: LabelForm;
  values: LabelValues;
  rows: number;
  classes: number;
  /** Distance between the rows of `values`. */
  stride: number;
  /** Which row of the batch is row 0, for messages. Default: 0. */
  firstRow?: number;
}

/**
 * Labels as they lie in memory; integer labels are checked, as a wrong one would otherwise count as background. Labels
 * with columns are not: a pass that goes through them looks at them on its way.
 *
 * @param firstRow Which row of the batch `values` begins with.
 * @throws ValueError for a label that is not a whole number in 0 … C (0 … C − 1 where there is no background).
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

/** `hostLabels` of a tensor, where JavaScript reads the backend's memory. */
export function readLabels(labels: Labels): HostLabels {
  return hostLabels(labels, labels.values.dataSync() as LabelValues);
}

/**
 * 1 − E(r): the share of row r that is background, 0 or 1 where labels are hard.
 *
 * Mixup of a foreground with a background image gives the labels a · y + (1 − a) · (background), and its cross entropy
 * is that of both, mixed by a. Its negatives are those of a foreground image in a share a, and are spared to that share:
 * E(r) = a. Three rules give this, and what E(r) is where labels are hard:
 *
 * - `multiHot`: E = min(1, Σ_j y_j), as a row lacks to 1 what is background.
 * - `multiHotWithBackground`: E = 1 − y_background, but at least max_j y_j, for a row may hold a class and background
 *   both. A row without a positive class has E = 0.
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
 * @throws ValueError for values outside 0 … 1, background's included.
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
