import type {MaxPool3DAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {poolWindows} from '../host/pool_windows';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

/** Max pooling of volumes; tfjs's kernel gives almost zero if no value of a window is positive. */
export const maxPool3D: Replacement = {
  kernelName: tfc.MaxPool3D,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<KernelCall<'x', MaxPool3DAttrs>>(params);
    const {filterSize, strides, pad, dimRoundingMode} = attrs;
    const shape = inputs.x.shape as [number, number, number, number, number];
    const info = tfc.backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const {pixels, first} = poolWindows(info);
    const out = backend.makeOutput(info.outShape, 'float32');
    const x = floats(backend, inputs.x);
    const y = floats(backend, out).fill(Number.NEGATIVE_INFINITY);
    const channels = info.inChannels;
    const volume = info.inDepth * info.inHeight * info.inWidth * channels;
    let at = 0;
    for (let start = 0; start < x.length; start += volume) {
      for (let window = 0; window < first.length - 1; window++, at += channels) {
        for (let k = first[window]; k < first[window + 1]; k++) {
          const pixel = start + pixels[k];
          for (let c = 0; c < channels; c++) if (x[pixel + c] > y[at + c]) y[at + c] = x[pixel + c];
        }
      }
    }
    return out;
  },
};
