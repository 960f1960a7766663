import type {Scalar, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/**
 * Marks counts of predicted classes that cannot be known: if scores are NaN, no class is the highest, yet `argMax` returns
 * the first one. Add the result to the counts.
 *
 * @param scores `[rows, C]`, of at least one row.
 * @returns A float32 scalar: NaN if any score is NaN, else 0.
 */
export function nanOfScores(scores: Tensor2D): Scalar {
  const found = tfc.any(tfc.isNaN(tfc.cast(scores, 'float32')));
  return tfc.where(found, tfc.scalar(Number.NaN), tfc.scalar(0)) as Scalar;
}
