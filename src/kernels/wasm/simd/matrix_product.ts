import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type BackendWasm, release} from '../kernel';
import {addressOf} from '../memory';
import {PACKED_FLOATS, type SimdModule, WITH_BIAS} from './module';

/** The size of a matrix in panels of eight columns. */
export const panelFloats = (depth: number, columns: number) => depth * 8 * Math.ceil(columns / 8);

/** A product of two matrices, each of which may be transposed as it is read. */
export interface MatrixProduct {
  rows: number;
  depth: number;
  columns: number;
  /** A lies in memory as `[depth, rows]`. */
  transposeA: boolean;
  /** B lies in memory as `[columns, depth]`. */
  transposeB: boolean;
}

/** Writes A · B, plus `bias` `[columns]` if there is one, to `out`. */
export function matrixProduct(
  module: SimdModule,
  {rows, depth, columns, transposeA, transposeB}: MatrixProduct,
  [a, b, out]: [TensorInfo, TensorInfo, TensorInfo],
  backend: BackendWasm,
  bias?: TensorInfo,
): void {
  const scratch = backend.makeOutput([PACKED_FLOATS + panelFloats(depth, columns)], 'float32');
  const packed = addressOf(backend, scratch);
  const panels = packed + 4 * PACKED_FLOATS;
  const bSteps = transposeB ? [4, 4 * depth] : [4 * columns, 4];
  const aSteps = transposeA ? [4, 4 * rows] : [4 * depth, 4];
  module.panels(addressOf(backend, b), bSteps[0], bSteps[1], depth, columns, panels);
  module.multiply(
    addressOf(backend, a),
    aSteps[0],
    aSteps[1],
    rows,
    depth,
    panels,
    columns,
    addressOf(backend, out),
    bias ? WITH_BIAS : 0,
    bias ? addressOf(backend, bias) : 0,
    packed,
  );
  release(backend, scratch);
}
