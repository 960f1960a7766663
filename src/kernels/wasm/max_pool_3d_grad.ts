import type {MaxPool3DGradAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {maxPool3DGradient} from '../host/max_pool_3d_gradient';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

type Call = KernelCall<'dy' | 'input' | 'output', MaxPool3DGradAttrs>;

/** The gradient of max pooling of volumes; tfjs's kernel drops it if no value of the window is positive. */
export const maxPool3DGrad: Replacement = {
  kernelName: tfc.MaxPool3DGrad,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {filterSize, strides, pad, dimRoundingMode} = attrs;
    const shape = inputs.input.shape as [number, number, number, number, number];
    const info = tfc.backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const out = backend.makeOutput(shape, 'float32');
    const [x, y, dy] = [inputs.input, inputs.output, inputs.dy].map((t) => floats(backend, t));
    maxPool3DGradient(info, x, y, dy, floats(backend, out).fill(0));
    return out;
  },
};
