import type {Scalar, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../core/host_backend';

/**
 * What to add to counts of predicted classes: no class is the highest of scores that are NaN, and `argMax` takes the
 * first one all the same.
 *
 * @param scores `[rows, C]`, of at least one row.
 * @param counted Which rows count, bool `[rows]`. Default: all.
 * @returns 0, or NaN where a row that counts has a score of NaN: a float32 scalar.
 */
export function nanOfScores(scores: Tensor2D, counted?: Tensor): Scalar {
  if (onHostBackend()) return tfc.scalar(firstRowWithNaN(scores, counted) < 0 ? 0 : Number.NaN);
  const marks = tfc.isNaN(tfc.cast(scores, 'float32'));
  const inRow = tfc.any(marks, 1) as Tensor1D;
  const found = tfc.any(counted ? tfc.logicalAnd(inRow, tfc.cast(counted, 'bool')) : inRow);
  return tfc.where(found, tfc.scalar(Number.NaN), tfc.scalar(0)) as Scalar;
}

/** The first row that counts and has a score of NaN, or −1. Reads synchronously. */
export function firstRowWithNaN(scores: Tensor2D, counted?: Tensor): number {
  const [, classes] = scores.shape;
  const values = scores.dataSync();
  const counts = counted?.dataSync();
  for (let i = 0; i < values.length; ++i) {
    if (!Number.isNaN(values[i])) continue;
    const row = Math.floor(i / classes);
    if (counts?.[row] !== 0) return row;
  }
  return -1;
}
