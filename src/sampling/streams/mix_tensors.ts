import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/** A batched input or output, or several, by position or by name. */
export type Tensors = Tensor | readonly Tensor[] | {readonly [name: string]: Tensor};

/** Applies `map` to each tensor, keeping the structure. */
export function mapTensors(tensors: Tensors, map: (tensor: Tensor) => Tensor): Tensors {
  if (tensors instanceof tfc.Tensor) return map(tensors);
  if (Array.isArray(tensors)) return tensors.map(map);
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor)]));
}

/** Lists all tensors. */
export function listTensors(tensors: Tensors): Tensor[] {
  return tensors instanceof tfc.Tensor ? [tensors] : Object.values(tensors);
}

/**
 * λ_i · x_i + (1 − λ_i) · x_{partner of i} for each row i, in float32.
 *
 * @param shares λ, one per row or one for all.
 */
export function mixRows(rows: Tensor, partners: Int32Array, shares: Float32Array): Tensor {
  const ofRank = [shares.length, ...rows.shape.slice(1).fill(1)];
  const share = tfc.tensor(shares, ofRank);
  const values = tfc.cast(rows, 'float32');
  const others = tfc.gather(values, tfc.tensor1d(partners, 'int32'));
  return tfc.add(tfc.mul(values, share), tfc.mul(others, tfc.sub(1, share)));
}

/**
 * The number of rows, common to all tensors of an element `{xs, ys}`.
 *
 * @throws ValueError for other elements, and for tensors that are not batches of one size.
 */
export function rowsOfBatch(operation: string, element: unknown): number {
  const {xs, ys} = (element ?? {}) as {xs?: unknown; ys?: unknown};
  const expectation = `one of batches {xs, ys} of tensors, all with as many rows: call ${operation} after \`batch\``;
  if (!areTensors(xs) || !areTensors(ys)) return reject('dataset', expectation, element);
  const all = [...listTensors(xs), ...listTensors(ys)];
  const rows = all[0].shape[0];
  if (all.some(({rank, shape}) => rank === 0 || shape[0] !== rows))
    return reject('dataset', expectation, all);
  return rows;
}

function areTensors(value: unknown): value is Tensors {
  if (value instanceof tfc.Tensor) return true;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  const tensors = Object.values(value);
  return tensors.length > 0 && tensors.every((tensor) => tensor instanceof tfc.Tensor);
}
