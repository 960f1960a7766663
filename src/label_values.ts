import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from './errors';
import {onHostBackend} from './kernels/loss_op';

/** By how much a label, or the sum of a row of them, may miss 0 or 1: smoothing and mixing round. */
export const LABEL_SLACK = 1e-3;

/**
 * Labels `[rows, columns]` whose values are shares, 0 … 1: a mask of 255 is not 1, and would be counted 255 times.
 *
 * @returns The same tensor, or one with NaN in place of other values where a backend cannot be read without a wait.
 * @throws ValueError naming the first other value, on the other backends.
 */
export function checkedShares(values: Tensor): Tensor {
  if (values.dtype === 'bool') return values;
  if (!onHostBackend()) {
    const shares = tfc.cast(values, 'float32');
    const inRange = tfc.logicalAnd(
      tfc.greaterEqual(shares, -LABEL_SLACK),
      tfc.lessEqual(shares, 1 + LABEL_SLACK),
    );
    return tfc.where(inRange, shares, Number.NaN);
  }
  const read = values.dataSync();
  for (let i = 0; i < read.length; ++i) {
    if (read[i] >= -LABEL_SLACK && read[i] <= 1 + LABEL_SLACK) continue;
    const row = Math.floor(i / values.shape[1]!);
    throw new ValueError(`Expected \`yTrue\` to hold values in 0 … 1. Received: ${read[i]} in row ${row}`);
  }
  return values;
}
