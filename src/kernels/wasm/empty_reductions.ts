import type {KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, callOf, type KernelCall} from './kernel';

/** The result of tfjs's cpu backend for no elements; NaN becomes 0 if the result holds integers. */
export const OVER_NOTHING: Record<string, number> = {
  [tfc.All]: 0,
  [tfc.Any]: 0,
  [tfc.ArgMax]: 0,
  [tfc.ArgMin]: 0,
  [tfc.Max]: Number.NaN,
  [tfc.Mean]: 0,
  [tfc.Min]: Number.NaN,
  [tfc.Prod]: 1,
  [tfc.Sum]: 0,
};

interface ReductionAttrs {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** Wraps a reduction: with nothing to reduce, tfjs leaves its result uninitialized. */
export function withEmptyReductions(kernelName: string, kernel: KernelFunc): KernelFunc {
  return (params) => {
    const {x} = params.inputs as Record<'x', TensorInfo>;
    if (!x.shape.includes(0)) return kernel(params);
    const {axis, reductionIndices, keepDims} = callOf<KernelCall<'x', ReductionAttrs>>(params).attrs;
    const axes = tfc.util.parseAxisParam((axis ?? reductionIndices) as number | number[], x.shape);
    const [shape] = tfc.backend_util.computeOutAndReduceShapes(x.shape, axes);
    const backend = params.backend as BackendWasm;
    const outShape = keepDims ? tfc.backend_util.expandShapeToKeepDim(shape, axes) : shape;
    const out = backend.makeOutput(outShape, resultType(kernelName, x));
    backend.typedArrayFromHeap(out).fill(OVER_NOTHING[kernelName]);
    return out;
  };
}

function resultType(kernelName: string, {dtype}: TensorInfo): TensorInfo['dtype'] {
  if (kernelName === tfc.Mean) return 'float32';
  return kernelName === tfc.ArgMax || kernelName === tfc.ArgMin ? 'int32' : dtype;
}
