import type {Conv2DAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, type KernelCall, type Replacement} from './kernel';
import {convolution} from './simd/convolution';
import {simdProducts} from './simd/module';

type Call = KernelCall<'x' | 'filter', Conv2DAttrs>;

/**
 * Convolves by SIMD WebAssembly. tfjs's kernel prepares the filter for reuse, which pays nothing in training: the next
 * step has another filter.
 */
export const conv2D: Replacement = {
  kernelName: tfc.Conv2D,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const module = simdProducts(backend);
    const {strides, dilations, pad, dataFormat, dimRoundingMode} = attrs;
    if (module == null || dataFormat !== 'NHWC' || inputs.x.dtype !== 'float32') return original(params);
    const [xShape, filterShape] = [inputs.x.shape, inputs.filter.shape] as [number, number, number, number][];
    const info = tfc.backend_util.computeConv2DInfo(
      xShape,
      filterShape,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
    );
    return convolution(module, info, inputs.x, inputs.filter, backend);
  },
};
