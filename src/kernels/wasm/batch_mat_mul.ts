import type {BatchMatMulAttrs, BatchMatMulInputs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, type KernelCall, type Replacement, release, run} from './kernel';

/** Below this many rows of output, laying out the right-hand matrix costs more than the scalar product itself. */
const MIN_ROWS = 8;

/**
 * Matrix product that transposes first. tfjs's kernel has a fast path only for a pair of plain matrices, neither
 * transposed; the gradients of a dense layer are all transposed and fell to a scalar loop.
 */
export const batchMatMul: Replacement = {
  kernelName: tfc.BatchMatMul,
  around: (original) => (call) => {
    const {inputs, attrs, backend} = call as unknown as KernelCall<BatchMatMulInputs, BatchMatMulAttrs>;
    const {a, b} = inputs;
    const {transposeA, transposeB} = attrs;
    const rows = a.shape[a.shape.length - (transposeA ? 1 : 2)];
    const plainPair = batchSize(a) === 1 && batchSize(b) === 1;
    if (!(transposeA || transposeB) || !plainPair || rows < MIN_ROWS) return original(call);

    const left = transposeA ? transposed(a, backend) : a;
    const right = transposeB ? transposed(b, backend) : b;
    const product = original({
      inputs: {a: left, b: right},
      backend,
      attrs: {transposeA: false, transposeB: false},
    }) as TensorInfo;
    if (transposeA) release(backend, left);
    if (transposeB) release(backend, right);
    return product;
  },
};

function batchSize({shape}: TensorInfo): number {
  return tfc.util.sizeFromShape(shape.slice(0, -2));
}

function transposed(x: TensorInfo, backend: BackendWasm): TensorInfo {
  const perm = x.shape.map((_, axis) => axis);
  perm.push(...perm.splice(-2).reverse());
  return run('Transpose', backend, {x}, {perm});
}
