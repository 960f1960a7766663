import type {BatchMatMulAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, callOf, floats, type KernelCall, type Replacement, release, run} from './kernel';
import {matrixProduct} from './simd/matrix_product';
import {simdProducts} from './simd/module';

type Call = KernelCall<'a' | 'b', BatchMatMulAttrs>;

/** With fewer rows of output, packing the right-hand matrix costs more than the scalar loop. */
const MIN_ROWS = 8;

/**
 * Multiplies matrices by SIMD WebAssembly, or else transposes first. tfjs's kernel is vectorized only for two plain
 * matrices; transposed ones, as in every gradient of a dense layer, go through a scalar loop.
 */
export const batchMatMul: Replacement = {
  kernelName: tfc.BatchMatMul,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {a, b} = inputs;
    const {transposeA, transposeB} = attrs;
    if (!isMatrix(a) || !isMatrix(b)) return original(params);
    const simd = matrixProductOf(inputs, attrs, backend);
    if (simd) return simd;

    const multiply = (left: TensorInfo, right: TensorInfo) =>
      inItsOwnShape(right, backend, (b) => {
        const call = {inputs: {a: left, b}, backend, attrs: {transposeA: false, transposeB: false}};
        return original(call) as TensorInfo;
      });
    const rows = a.shape[a.shape.length - (transposeA ? 1 : 2)];
    const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
    if (!transposeA && !transposeB) return multiply(a, b);
    if (!transposeB && rows < MIN_ROWS) return original(params);
    // The right-hand matrix is packed for each product, so it should be the smaller one if there is a choice.
    if (transposeB && (transposeA || rows < columns)) {
      const right = transposeA ? a : transposed(a, backend);
      const product = multiply(b, right);
      const out = transposed(product, backend);
      release(backend, product);
      if (!transposeA) release(backend, right);
      return out;
    }
    const left = transposeA ? transposed(a, backend) : a;
    const right = transposeB ? transposed(b, backend) : b;
    const product = multiply(left, right);
    if (transposeA) release(backend, left);
    if (transposeB) release(backend, right);
    return product;
  },
};

/** A · B, plus `bias` `[columns]` if there is one; null without SIMD, or if tfjs's kernel is the better one. */
export function matrixProductOf(
  {a, b}: Call['inputs'],
  {transposeA, transposeB}: BatchMatMulAttrs,
  backend: BackendWasm,
  bias?: TensorInfo,
): TensorInfo | null {
  const module = simdProducts(backend);
  if (module == null || !isMatrix(a) || !isMatrix(b)) return null;
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  // tfjs reports the mismatch.
  if (inner !== depth) return null;
  if (rows < MIN_ROWS && !transposeA && !transposeB) return null;
  if (bias && bias.shape.length !== 1) return null;
  const batch = a.shape.length > b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
  const out = backend.makeOutput([...batch, rows, columns], 'float32');
  matrixProduct(module, {rows, depth, columns, transposeA, transposeB}, [a, b, out], backend, bias);
  return out;
}

function isMatrix({shape, dtype}: TensorInfo): boolean {
  return dtype === 'float32' && tfc.util.sizeFromShape(shape.slice(0, -2)) === 1;
}

function transposed(x: TensorInfo, backend: BackendWasm): TensorInfo {
  const axes = x.shape.map((_, axis) => axis);
  const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return run('Transpose', backend, {x}, {perm});
}

const rowsOnTheRight = new WeakMap<object, number>();

/**
 * Calls `multiply` with a right-hand matrix. The backend caches a matrix's packed layout by its data only: the same
 * data in another shape, as after a reshape, would be multiplied in the first shape, and the product written past the
 * end of its memory. Such a matrix is copied.
 */
export function inItsOwnShape(
  right: TensorInfo,
  backend: BackendWasm,
  multiply: (right: TensorInfo) => TensorInfo,
): TensorInfo {
  const rows = right.shape[right.shape.length - 2];
  const before = rowsOnTheRight.get(right.dataId);
  if (before === undefined) rowsOnTheRight.set(right.dataId, rows);
  if (before === undefined || before === rows) return multiply(right);
  const copy = backend.makeOutput(right.shape, right.dtype);
  floats(backend, copy).set(floats(backend, right));
  const product = multiply(copy);
  release(backend, copy);
  return product;
}
