import type {Scalar, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../core/host_backend';

/**
 * A summand for counts of predicted classes, as `argMax` of NaN scores returns the first class although none is
 * highest.
 *
 * @param scores `[rows, C]`, with at least one row.
 * @param counted Which rows count, bool `[rows]`. Default: all.
 * @returns 0, or NaN if a row that counts has a NaN score: a float32 scalar.
 */
export function nanOfScores(scores: Tensor2D, counted?: Tensor): Scalar {
  if (onHostBackend()) return tfc.scalar(firstRowWithNaN(scores, counted) < 0 ? 0 : Number.NaN);
  const marks = tfc.isNaN(tfc.cast(scores, 'float32'));
  const inRow = tfc.any(marks, 1) as Tensor1D;
  const found = tfc.any(counted ? tfc.logicalAnd(inRow, tfc.cast(counted, 'bool')) : inRow);
  return tfc.where(found, tfc.scalar(Number.NaN), tfc.scalar(0)) as Scalar;
}

/** The first row that counts and has a NaN score, or −1. Reads synchronously. */
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
