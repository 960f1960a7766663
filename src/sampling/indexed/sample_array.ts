import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject, show, ValueError} from '../../core/errors';
import {HOW_TO_MAP} from '../../labels/class_names';

/** Numbers in memory. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/** Numbers with their shape. */
export interface ShapedArray {
  /** The values, row by row. */
  data: NumericArray;
  /** Their product is the length of `data`. */
  shape: readonly number[];
}

/**
 * One value for each of n samples: a tensor `[n, …]`, whose values are read once; `{data, shape: [n, …]}`, with the
 * samples' values one after the other; or a bare array of n numbers. An `Int32Array` stays int32, all else becomes
 * float32.
 */
export type SampleArray = Tensor | NumericArray | readonly number[] | ShapedArray;

/** A model's only input or output, or all of them by name. */
export type SampleArrays = SampleArray | {readonly [name: string]: SampleArray};

/** The values of a batch, copied by `gather`. */
export type BatchValues = Float32Array | Int32Array;

/** Below this size a loop copies a sample faster than `set`. */
const WORTH_A_SET = 24;

/** Samples by index, copied in batches. */
export class Column {
  /** The number of samples. */
  readonly length: number;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  /** The number of values of one sample. */
  readonly size: number;
  private readonly values: NumericArray | readonly number[];
  private readonly dtype: 'float32' | 'int32';

  /**
   * @param argument The caller's name for it, for messages.
   * @throws ValueError for other arrays, and shapes that do not fit.
   */
  constructor(argument: string, array: unknown) {
    const {values, shape} = read(argument, array);
    this.values = values;
    this.length = shape[0];
    this.shape = shape.slice(1);
    this.size = this.shape.reduce((product, n) => product * n, 1);
    if (this.length < 1 || this.size < 1) reject(argument, 'an array with at least one value', array);
    this.dtype = values instanceof Int32Array ? 'int32' : 'float32';
  }

  /** Copies the values of these samples, one after the other. */
  gather(indices: ArrayLike<number>): BatchValues {
    const {values, size} = this;
    const length = indices.length * size;
    const batch = this.dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
    for (let k = 0; k < indices.length; ++k) {
      const [from, to] = [indices[k] * size, k * size];
      if (size < WORTH_A_SET || !ArrayBuffer.isView(values)) {
        for (let i = 0; i < size; ++i) batch[to + i] = values[from + i];
      } else {
        batch.set((values as NumericArray).subarray(from, from + size), to);
      }
    }
    return batch;
  }

  /** Makes a tensor that takes over the gathered values. */
  tensor(batch: BatchValues): Tensor {
    return tfc.tensor(batch, [batch.length / this.size, ...this.shape], this.dtype);
  }
}

function read(
  argument: string,
  array: unknown,
): {values: NumericArray | readonly number[]; shape: readonly number[]} {
  if (array instanceof tfc.Tensor) {
    if (array.rank < 1 || array.dtype === 'string' || array.dtype === 'complex64') refuse(argument, array);
    return {values: array.dataSync(), shape: array.shape};
  }
  if (isNumeric(array)) return {values: array, shape: [array.length]};
  if (!isShaped(array)) return refuse(argument, array);
  const {data, shape} = array;
  const product = shape.reduce((total, n) => total * n, 1);
  const isShape = shape.length > 0 && shape.every((n) => Number.isInteger(n) && n > 0);
  if (!isShape || product !== data.length) {
    throw new ValueError(
      `Expected \`${argument}.shape\` to be [n, …] of ${data.length} values. Received: ${show(shape)}`,
    );
  }
  return {values: data, shape};
}

const TYPES = [
  Float32Array,
  Float64Array,
  Int32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
];

function isNumeric(array: unknown): array is NumericArray | readonly number[] {
  if (Array.isArray(array)) return array.every((value) => typeof value === 'number');
  return TYPES.some((type) => array instanceof type);
}

/** Whether it is `{data, shape}`. */
export function isShaped(array: unknown): array is ShapedArray {
  const {data, shape} = (array ?? {}) as {data?: unknown; shape?: unknown};
  return Array.isArray(shape) && ArrayBuffer.isView(data) && isNumeric(data);
}

function refuse(argument: string, array: unknown): never {
  const areNames =
    array instanceof tfc.Tensor
      ? array.dtype === 'string'
      : Array.isArray(array) && typeof array[0] === 'string';
  const hint = areNames ? ` (${HOW_TO_MAP})` : '';
  return reject(
    argument,
    `a tensor [n, …], {data, shape: [n, …]} of a typed array, or n numbers${hint}`,
    array,
  );
}
