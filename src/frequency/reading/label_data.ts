import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/** The labels of one dataset element, read to the host and not yet interpreted. */
export interface LabelData {
  rank: 0 | 1 | 2;
  /** A JavaScript array (of arrays), as opposed to a number, a tensor or a typed array. */
  plain: boolean;
  /** Rank 0 and 1: all values. Rank 2 of a tensor: its rows, one after the other. */
  values: ArrayLike<number>;
  /** Rank 2 of a tensor: its shape. */
  shape?: readonly [number, number];
  /** Rank 2 of nested arrays, which may differ in length. */
  rows?: readonly ArrayLike<number>[];
  /** What it was read from, for error messages. */
  source: unknown;
}

/**
 * Reads labels in any container to the host.
 *
 * @param values The values of a tensor, where they were downloaded already.
 * @throws ValueError for what cannot hold labels.
 */
export function readLabelData(source: unknown, values?: ArrayLike<number>): LabelData {
  if (typeof source === 'number') return {rank: 0, plain: false, values: [source], source};
  if (source instanceof tfc.Tensor) return readTensor(source, values);
  if (Array.isArray(source)) return readArray(source);
  if (isTypedArray(source)) return {rank: 1, plain: false, values: source, source};
  return unreadable(source);
}

function readTensor(tensor: tfc.Tensor, values?: ArrayLike<number>): LabelData {
  const {rank, dtype, shape} = tensor;
  if (rank > 2 || dtype === 'string' || dtype === 'complex64') return unreadable(tensor);
  return {
    rank: rank as 0 | 1 | 2,
    plain: false,
    values: values ?? tensor.dataSync(),
    shape: rank === 2 ? (shape as [number, number]) : undefined,
    source: tensor,
  };
}

// One look at the first item tells the rank; the values themselves are checked where they are counted.
function readArray(source: unknown[]): LabelData {
  if (source.length === 0 || typeof source[0] === 'number') {
    return {rank: 1, plain: true, values: source as number[], source};
  }
  if (!source.every((row) => Array.isArray(row) || isTypedArray(row))) return unreadable(source);
  return {rank: 2, plain: true, values: [], rows: source as ArrayLike<number>[], source};
}

function isTypedArray(value: unknown): value is ArrayLike<number> {
  return ArrayBuffer.isView(value) && 'length' in value;
}

function unreadable(source: unknown): never {
  return reject(
    'labels',
    'a number, a numeric tensor of rank ≤ 2, a typed array, a number[] or a number[][] (the `label` option ' +
      'selects them from an element)',
    source,
  );
}
