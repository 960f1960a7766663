import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../core/host_backend';
import {requireInteger} from '../core/require_integer';

/**
 * @throws ValueError unless it is undefined or an integer that int32 labels can hold.
 */
export function checkedIgnoreLabel(ignoreLabel: number | undefined): number | undefined {
  return ignoreLabel === undefined
    ? undefined
    : requireInteger('ignoreLabel', ignoreLabel, -(2 ** 31), 2 ** 31 - 1);
}

/** Integer labels, and which of them count; all if `counted` is undefined. */
export interface CountedLabels {
  values: Tensor;
  /** bool, of the shape of `values`. */
  counted?: Tensor;
}

/**
 * Replaces each ignored label with `substitute`, a label known to every reader, so that kernels need not know about
 * them.
 */
export function withoutIgnored(values: Tensor, ignoreLabel: number, substitute: number): CountedLabels {
  if (onHostBackend() && !values.dataSync().includes(ignoreLabel)) return {values};
  const numbers = values.dtype === 'float32' ? values : tfc.cast(values, 'int32');
  const like = (value: number) => tfc.fill(numbers.shape, value, numbers.dtype as 'float32' | 'int32');
  const counted = tfc.notEqual(numbers, like(ignoreLabel));
  return {values: tfc.where(counted, numbers, like(substitute)), counted};
}

/**
 * Replaces the predictions of rows that do not count with `score`, as NaN there must not reach a loss. A logit of −10⁴
 * is a certain negative, for which a loss of the sigmoid type has loss, gradient and state exactly 0.
 */
export function neutralScores(z: Tensor2D, counted: Tensor, score: number): Tensor2D {
  const shown = tfc.tile(tfc.expandDims(counted as Tensor1D, 1), [1, z.shape[1]]);
  return tfc.where(shown, z, tfc.fill(z.shape, score)) as Tensor2D;
}

/** Whether JavaScript can see that no row counts. */
export function countsNoRow(counted: Tensor | undefined): boolean {
  return counted !== undefined && onHostBackend() && !counted.dataSync().includes(1);
}
