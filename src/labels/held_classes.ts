import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {HostLabels} from './host_labels';
import {checkedShares, isShare, LABEL_SLACK, refuseShare} from './label_values';
import {denseLabels, type Labels} from './labels';

/** Shares this close are tied: 1 − Σ y_j rounds in its last digits. */
const TIE = 1e-5;

/**
 * The classes that each sample holds, as metrics count them. Soft labels (smoothing, mixup) count by their arg max, so
 * that a sample counts once however its label was spread:
 *
 * - A row with a sum of at most 1 is a distribution. Its background share is the last column of `[…, C + 1]`, and 1
 *   minus the sum in `[…, C]`. The largest share wins; a class wins a tie with background, the first class a tie among
 *   classes.
 * - A row with a larger sum holds several classes: each with y_j > 0.5, or none (background).
 *
 * Sums may be off by 1e-3. Call inside a `tf.tidy`; nothing is read from a GPU.
 *
 * @returns float32 `[rows, C]` of 0 and 1; all zero for background. A row with an invalid label is NaN.
 * @throws ValueError for values outside 0 … 1, if labels can be read synchronously.
 */
export function heldClasses(labels: Labels): Tensor2D {
  const {form, rows, classes} = labels;
  if (form === 'index') return denseLabels(labels);
  const values = tfc.cast(checkedShares(labels.values), 'float32') as Tensor2D;
  const shares = tfc.slice(values, [0, 0], [rows, classes]);
  const total = rowSums(values);
  const background = form === 'multiHot' ? tfc.sub(1, total) : tfc.slice(values, [0, classes], [rows, 1]);
  const largest = tfc.max(shares, 1, true);
  const wins = tfc.logicalAnd(tfc.greater(largest, 0), tfc.greaterEqual(tfc.add(largest, TIE), background));
  const single = tfc.mul(hotRows(tfc.argMax(shares, 1) as Tensor1D, classes), tfc.cast(wins, 'float32'));
  const several = tfc.cast(tfc.greater(shares, 0.5), 'float32');
  const held = tfc.where(tfc.lessEqual(total, 1 + LABEL_SLACK), single, several);
  return tfc.where(tfc.isNaN(total), Number.NaN, held) as Tensor2D;
}

/**
 * Lists the classes of one row of labels in memory, in ascending order, by the rules of `heldClasses`; none for
 * background.
 *
 * @throws ValueError for values outside 0 … 1.
 */
export function heldClassesOfRow(
  {form, values, classes, stride, firstRow = 0}: HostLabels,
  row: number,
): number[] {
  if (form === 'index') return values[row] < classes ? [values[row]] : [];
  const shares = Array.from(values.subarray(row * stride, (row + 1) * stride));
  for (const share of shares) if (!isShare(share)) refuseShare(share, firstRow + row);
  const foreground = shares.slice(0, classes);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total > 1 + LABEL_SLACK) return foreground.flatMap((share, j) => (share > 0.5 ? [j] : []));
  const largest = Math.max(...foreground);
  const background = form === 'multiHot' ? 1 - total : shares[classes];
  return largest > 0 && largest + TIE >= background ? [foreground.indexOf(largest)] : [];
}

/** 1 in the column given by each row's index, 0 elsewhere: float32 `[rows, C]`. */
export function hotRows(index: Tensor1D, classes: number): Tensor2D {
  // Not tfc.oneHot, which rejects a single class.
  const columns = tfc.range(0, classes, 1, 'int32');
  return tfc.cast(tfc.equal(tfc.expandDims(index, 1), columns), 'float32') as Tensor2D;
}

// Products with ones instead of tf.sum, which is off by up to 7e-4 on wasm.
function rowSums(x: Tensor2D): Tensor2D {
  return tfc.matMul(x, tfc.ones([x.shape[1], 1]) as Tensor2D);
}
