import type {KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, floats, release} from './kernel';

type Transposes = {transposeA?: boolean; transposeB?: boolean};
/** The axis of each input that a kernel sums over, counted from the last one. */
type AxesOf = (attrs: Transposes) => Record<string, number>;

const innerAxes: AxesOf = ({transposeA, transposeB}) => ({a: transposeA ? 2 : 1, b: transposeB ? 1 : 2});
const channelAxes: AxesOf = () => ({x: 1, filter: 2});

/** The kernels that leave their result uninitialized if they sum over nothing. */
export const SUMMED_AXES: Record<string, AxesOf> = {
  [tfc.BatchMatMul]: innerAxes,
  [tfc.Conv2D]: channelAxes,
  [tfc.FusedConv2D]: channelAxes,
  [tfc._FusedMatMul]: innerAxes,
};

/** Wraps a kernel so that it sums over one zero instead of nothing: a fused one still adds its bias and activates. */
export function withEmptySums(kernelName: string, kernel: KernelFunc): KernelFunc {
  const axesOf = SUMMED_AXES[kernelName];
  return (params) => {
    const inputs = params.inputs as Record<string, TensorInfo>;
    const axes = Object.entries(axesOf(params.attrs as Transposes));
    const [first, axis] = axes[0];
    if (inputs[first].shape.at(-axis) !== 0) return kernel(params);
    const backend = params.backend as BackendWasm;
    const zeros = axes.map(([name, axis]) => [name, withOneZero(inputs[name].shape, axis, backend)] as const);
    const result = kernel({...params, inputs: {...inputs, ...Object.fromEntries(zeros)}});
    release(backend, ...zeros.map(([, info]) => info));
    return result;
  };
}

function withOneZero(shape: number[], fromLast: number, backend: BackendWasm): TensorInfo {
  const outShape = [...shape];
  outShape[shape.length - fromLast] = 1;
  const out = backend.makeOutput(outShape, 'float32');
  floats(backend, out).fill(0);
  return out;
}
