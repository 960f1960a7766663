import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {type ClassOfName, HOW_TO_MAP} from '../../labels/class_names';

/** The labels of one dataset element, read to the host but not yet interpreted. */
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
  /** Whether they were names of classes, so that they cannot be a row of 0 and 1. */
  named?: boolean;
  /** The original labels, for error messages. */
  source: unknown;
}

/**
 * Reads labels in any container to the host.
 *
 * @param values The values of a tensor, if already downloaded.
 * @param classOf Maps names to classes, if labels may be names.
 * @throws ValueError for anything that cannot hold labels, names that `classOf` rejects, and names without `classOf`.
 */
export function readLabelData(
  source: unknown,
  values?: ArrayLike<number | string>,
  classOf?: ClassOfName,
): LabelData {
  if (typeof source === 'number' || typeof source === 'string') {
    return {rank: 0, plain: false, source, ...classesOf([source], source, classOf)};
  }
  if (source instanceof tfc.Tensor) return readTensor(source, values, classOf);
  if (Array.isArray(source)) return readArray(source, classOf);
  if (isTypedArray(source)) return {rank: 1, plain: false, values: source, source};
  return unreadable(source);
}

function readTensor(
  tensor: tfc.Tensor,
  values: ArrayLike<number | string> | undefined,
  classOf: ClassOfName | undefined,
): LabelData {
  const {rank, dtype, shape} = tensor;
  if (rank > 2 || dtype === 'complex64') return unreadable(tensor);
  return {
    rank: rank as 0 | 1 | 2,
    plain: false,
    shape: rank === 2 ? (shape as [number, number]) : undefined,
    source: tensor,
    ...classesOf(values ?? tensor.dataSync(), tensor, classOf),
  };
}

// The first item determines the rank; the values themselves are checked where they are counted.
function readArray(source: unknown[], classOf: ClassOfName | undefined): LabelData {
  if (source.length === 0 || typeof source[0] === 'number' || typeof source[0] === 'string') {
    return {rank: 1, plain: true, source, ...classesOf(source, source, classOf)};
  }
  if (!source.every((row) => Array.isArray(row) || isTypedArray(row))) return unreadable(source);
  const rows = (source as ArrayLike<unknown>[]).map((row) => classesOf(row, source, classOf));
  const named = rows.some((row) => row.named);
  return {rank: 2, plain: true, values: [], rows: rows.map((row) => row.values), named, source};
}

/** Keeps numbers, and maps names to their classes. */
function classesOf(
  values: ArrayLike<unknown>,
  source: unknown,
  classOf: ClassOfName | undefined,
): Pick<LabelData, 'values' | 'named'> {
  if (typeof values[0] !== 'string') return {values: values as ArrayLike<number>};
  if (classOf === undefined) {
    reject('labels', `numbers without \`classNames\` (${HOW_TO_MAP})`, source);
  }
  const classes = Array.from(values, (name) =>
    typeof name === 'string' ? classOf(name) : unreadable(source),
  );
  return {values: classes, named: true};
}

function isTypedArray(value: unknown): value is ArrayLike<number> {
  return ArrayBuffer.isView(value) && 'length' in value;
}

function unreadable(source: unknown): never {
  return reject(
    'labels',
    'numbers or names: one, a tensor of rank ≤ 2, a typed array, an array or arrays in one (the `label` option ' +
      'selects them from an element)',
    source,
  );
}
