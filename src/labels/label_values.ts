import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {onHostBackend} from '../core/host_backend';
import {isIndex} from './label_form';

/** Tolerance of a label, or of the sum of a row of them, at 0 and 1: smoothing and mixing round. */
export const LABEL_SLACK = 1e-3;

/** Whether a label is a share, 0 … 1 up to rounding. NaN is not. */
export function isShare(value: number): boolean {
  return value >= -LABEL_SLACK && value <= 1 + LABEL_SLACK;
}

/**
 * @throws ValueError naming a label that is not a share, and its row.
 */
export function refuseShare(value: number, row: number): never {
  throw new ValueError(`Expected \`yTrue\` to hold values in 0 … 1. Received: ${value} in row ${row}`);
}

/**
 * @throws ValueError naming the first of the labels, in rows of `columns`, that is not a share.
 */
export function requireShares(values: ArrayLike<number>, columns: number): void {
  for (let i = 0; i < values.length; ++i) {
    if (!isShare(values[i])) refuseShare(values[i], Math.floor(i / columns));
  }
}

/**
 * @param background Whether a label may be C, background.
 * @param firstRow The index within the batch of the first row of `values`.
 * @throws ValueError naming the first label that is not an integer in that range, and its row.
 */
export function requireIndices(
  values: ArrayLike<number>,
  classes: number,
  background: boolean,
  firstRow = 0,
): void {
  for (let row = 0; row < values.length; ++row) {
    if (isIndex(values[row], classes, background)) continue;
    const range = background ? `${classes} (${classes} = background)` : classes - 1;
    throw new ValueError(
      `Expected \`yTrue\` to hold integers in 0 … ${range}. Received: ${values[row]} in row ${firstRow + row}`,
    );
  }
}

/**
 * Checks that labels `[rows, columns]` are shares, 0 … 1: a mask of 255 is not 1, and would count 255 times.
 *
 * @returns The same tensor or, on backends that cannot be read synchronously, one with NaN in rows with other values.
 * @throws ValueError naming the first other value, on the other backends.
 */
export function checkedShares(values: Tensor): Tensor {
  if (onHostBackend()) {
    requireShares(values.dataSync(), values.shape[1]!);
    return values;
  }
  const shares = tfc.cast(values, 'float32');
  const fits = tfc.logicalAnd(tfc.greaterEqual(shares, -LABEL_SLACK), tfc.lessEqual(shares, 1 + LABEL_SLACK));
  // All of one shape: `where` would tile what it has to broadcast.
  const rowFits = tfc.logicalAnd(fits, tfc.all(fits, 1, true));
  return tfc.where(rowFits, shares, tfc.fill(shares.shape, Number.NaN));
}
