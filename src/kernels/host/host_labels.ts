import {ValueError} from '../../errors';
import type {LabelForm} from '../../labels';

export type LabelValues = Float32Array | Int32Array | Uint8Array;

/** What is known of labels before their values are looked at. */
export interface LabelShape {
  form: LabelForm;
  rows: number;
  classes: number;
  /** Whether an integer label may be C, background. */
  background: boolean;
}

/** Labels in memory, with what a pass asks of them. */
export interface HostLabels {
  form: LabelForm;
  values: LabelValues;
  rows: number;
  classes: number;
  /** Distance between the rows of `values`. */
  stride: number;
}

/**
 * Labels as they lie in memory; integer labels are checked, as a wrong one would otherwise count as background.
 *
 * @throws ValueError for a label that is not a whole number in 0 … C (0 … C − 1 where there is no background).
 */
export function hostLabels({form, rows, classes, background}: LabelShape, values: LabelValues): HostLabels {
  if (form === 'index') {
    const highest = background ? classes : classes - 1;
    for (let row = 0; row < rows; ++row) {
      const label = values[row];
      if (!(label >= 0 && label <= highest && Number.isInteger(label))) {
        const range = `integers in 0 … ${highest}${background ? ` (${classes} = background)` : ''}`;
        throw new ValueError(`Expected \`yTrue\` to hold ${range}. Received: ${label} in row ${row}`);
      }
    }
  }
  const stride = form === 'index' ? 1 : form === 'multiHot' ? classes : classes + 1;
  return {form, values, rows, classes, stride};
}

/** E(r) of the paper: whether row r holds any class. */
export function isForeground({form, values, classes, stride}: HostLabels, row: number): boolean {
  if (form === 'index') return values[row] < classes;
  const start = row * stride;
  for (let j = 0; j < classes; ++j) if (values[start + j] > 0) return true;
  return false;
}

/** y of row r and class j, in 0 … 1. */
export function labelAt({form, values, stride}: HostLabels, row: number, j: number): number {
  return form === 'index' ? (values[row] === j ? 1 : 0) : values[row * stride + j];
}
