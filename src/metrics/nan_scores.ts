import type {Scalar, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/**
 * What to add to counts of predicted classes: no class is the highest of scores that are NaN, and `argMax` takes the
 * first one all the same.
 *
 * @param scores `[rows, C]`, of at least one row.
 * @returns 0, or NaN where a score is NaN: a float32 scalar.
 */
export function nanOfScores(scores: Tensor2D): Scalar {
  const found = tfc.any(tfc.isNaN(tfc.cast(scores, 'float32')));
  return tfc.where(found, tfc.scalar(Number.NaN), tfc.scalar(0)) as Scalar;
}
