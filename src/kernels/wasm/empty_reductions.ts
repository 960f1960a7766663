import type {KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, callOf, type KernelCall} from './kernel';

/** What tfjs's cpu backend gives for no elements; NaN becomes 0 where the result has integers. */
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

/** The kernel of a reduction, which tfjs leaves as memory happened to be where there is nothing to reduce. */
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
