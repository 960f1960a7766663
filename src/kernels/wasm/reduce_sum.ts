import type {TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, floats, release, run} from './kernel';

/**
 * `factor(reduceSize)` · Σ over `axis` of a float32 tensor. Accumulates in float64: tfjs's kernel adds up in float32, one by
 * one, and loses digits with the length of the reduction (7e-4 relative were seen).
 */
export function reduceSum(
  x: TensorInfo,
  axis: number | number[],
  keepDims: boolean,
  backend: BackendWasm,
  mean = false,
): TensorInfo {
  const rank = x.shape.length;
  const axes = tfc.util.parseAxisParam(axis, x.shape);
  const [outShape, reduceShape] = tfc.backend_util.computeOutAndReduceShapes(x.shape, axes);
  const size = tfc.util.sizeFromShape(reduceShape);
  const outer = tfc.util.sizeFromShape(outShape);
  const leading = axes.every((a, i) => a === i);
  const perm = leading ? null : (tfc.backend_util.getAxesPermutation(axes, rank) ?? null);
  const input = perm ? run('Transpose', backend, {x}, {perm}) : x;
  const shape = keepDims ? tfc.backend_util.expandShapeToKeepDim(outShape, axes) : outShape;
  const out = backend.makeOutput(shape, 'float32');
  const scale = mean ? size : 1;
  const values = floats(backend, input);
  const sums = floats(backend, out);
  if (leading && axes.length < rank) sumColumns(values, sums, scale);
  else sumRows(values, sums, size, scale);
  if (perm) release(backend, input);
  void outer;
  return out;
}

function sumColumns(values: Float32Array, out: Float32Array, divisor: number): void {
  const columns = out.length;
  const sums = new Float64Array(columns);
  for (let at = 0; at < values.length; ) {
    for (let column = 0; column < columns; column++) sums[column] += values[at++];
  }
  for (let column = 0; column < columns; column++) out[column] = sums[column] / divisor;
}

function sumRows(values: Float32Array, out: Float32Array, size: number, divisor: number): void {
  for (let row = 0, at = 0; row < out.length; row++) {
    let sum = 0;
    for (const end = at + size; at < end; at++) sum += values[at];
    out[row] = sum / divisor;
  }
}
