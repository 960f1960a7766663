import type {TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, floats, release, run} from './kernel';
import {addressOf} from './memory';
import {simdModule} from './simd/module';

/**
 * Sums a float32 tensor over `axis`, and divides by the number of terms if `mean`. Accumulates in float64, as the cpu
 * backend does: tfjs's wasm kernels add one by one in float32, and lose digits with every term.
 */
export function reduceSum(
  x: TensorInfo,
  {axis, keepDims}: {axis: number | number[]; keepDims: boolean},
  backend: BackendWasm,
  mean = false,
): TensorInfo {
  const rank = x.shape.length;
  const axes = tfc.util.parseAxisParam(axis, x.shape);
  const [keptShape, reducedShape] = tfc.backend_util.computeOutAndReduceShapes(x.shape, axes);
  const terms = tfc.util.sizeFromShape(reducedShape);
  const divisor = mean ? terms : 1;
  const outShape = keepDims ? tfc.backend_util.expandShapeToKeepDim(keptShape, axes) : keptShape;

  // Adjacent axes, as for a bias or global pooling, are summed down the columns in place, once for each index before
  // them; any others are moved to the end.
  const [first] = axes;
  const byColumn = first + axes.length < rank && axes.every((axis, i) => axis === first + i);
  const perm = byColumn ? null : (tfc.backend_util.getAxesPermutation(axes, rank) ?? null);
  const input = perm ? run('Transpose', backend, {x}, {perm}) : x;
  const out = backend.makeOutput(outShape, 'float32');
  if (byColumn) {
    const blocks = tfc.util.sizeFromShape(x.shape.slice(0, first));
    sumBlocks(input, out, {blocks, terms, divisor}, backend);
  } else sumRows(floats(backend, input), floats(backend, out), terms, divisor);
  if (perm) release(backend, input);
  return out;
}

interface Blocks {
  /** Matrices of `[terms, columns]`, one after the other. */
  blocks: number;
  terms: number;
  divisor: number;
}

function sumBlocks(
  x: TensorInfo,
  out: TensorInfo,
  {blocks, terms, divisor}: Blocks,
  backend: BackendWasm,
): void {
  const columns = tfc.util.sizeFromShape(out.shape) / blocks;
  const size = terms * columns;
  const module = simdModule(backend);
  if (module) {
    const [from, to] = [x, out].map((info) => addressOf(backend, info));
    for (let block = 0; block < blocks; block++) {
      module.columnSums(from + 4 * block * size, terms, columns, to + 4 * block * columns, divisor);
    }
    return;
  }
  const [values, sums] = [x, out].map((info) => floats(backend, info));
  for (let block = 0; block < blocks; block++) {
    const sum = sums.subarray(block * columns, (block + 1) * columns);
    sumColumns(values.subarray(block * size, (block + 1) * size), sum, divisor);
  }
}

// Four columns at a time, so that their sums stay in registers.
function sumColumns(values: Float32Array, out: Float32Array, divisor: number): void {
  const columns = out.length;
  let column = 0;
  for (; column + 4 <= columns; column += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = column; at < values.length; at += columns) {
      a += values[at];
      b += values[at + 1];
      c += values[at + 2];
      d += values[at + 3];
    }
    out.set([a / divisor, b / divisor, c / divisor, d / divisor], column);
  }
  for (; column < columns; column++) {
    let sum = 0;
    for (let at = column; at < values.length; at += columns) sum += values[at];
    out[column] = sum / divisor;
  }
}

function sumRows(values: Float32Array, out: Float32Array, terms: number, divisor: number): void {
  for (let row = 0, at = 0; row < out.length; row++) {
    let sum = 0;
    for (const end = at + terms; at < end; at++) sum += values[at];
    out[row] = sum / divisor;
  }
}
