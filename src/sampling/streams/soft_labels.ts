import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/** Whether labels are rows of shares, `[b, C]` or `[b, C + 1]`, or, with one class, numbers in 0 … 1. */
export function areShares({shape}: Tensor, numClasses: number | undefined): boolean {
  return numClasses === 1 || shape.length > 2 || (shape.length === 2 && shape[1] > 1);
}

/**
 * Makes labels mixable: rows of shares stay, in float32, and integers become one-hot rows `[b, C]`, all zero for
 * background (C). What a mixed row's sum lacks to 1 is its share of background.
 *
 * @param values The values of integers, already read.
 * @throws ValueError for integers without `numClasses`, or out of range.
 */
export function softLabels(
  labels: Tensor,
  numClasses: number | undefined,
  values?: ArrayLike<number>,
): Tensor {
  if (areShares(labels, numClasses)) return tfc.cast(labels, 'float32');
  if (numClasses === undefined) {
    return reject('numClasses', 'given, as ys are integers (of one logit: `numClasses: 1`)', numClasses);
  }
  const rows = labels.size;
  const hot = new Float32Array(rows * numClasses);
  const integers = values as ArrayLike<number>;
  for (let i = 0; i < rows; ++i) {
    const j = integers[i];
    if (!Number.isInteger(j) || j < 0 || j > numClasses) {
      reject('ys', `integers from 0 to ${numClasses - 1}, or ${numClasses} for background`, j);
    }
    if (j < numClasses) hot[i * numClasses + j] = 1;
  }
  return tfc.tensor2d(hot, [rows, numClasses]);
}
