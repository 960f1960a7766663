import type {AvgPoolGradAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {poolWindows} from '../host/pool_windows';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

type Call = KernelCall<'dy' | 'input', AvgPoolGradAttrs>;

/** Computes the gradient of average pooling window by window; tfjs's kernel searches for the windows of each pixel. */
export const avgPoolGrad: Replacement = {
  kernelName: tfc.AvgPoolGrad,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const shape = inputs.input.shape as [number, number, number, number];
    const info = tfc.backend_util.computePool2DInfo(shape, attrs.filterSize, attrs.strides, 1, attrs.pad);
    const {pixels, first} = poolWindows(info);
    const out = backend.makeOutput(shape, 'float32');
    const dy = floats(backend, inputs.dy);
    const dx = floats(backend, out).fill(0);
    const channels = info.inChannels;
    const imageSize = info.inHeight * info.inWidth * channels;
    // As in tfjs, padding counts toward a window's size.
    const share = 1 / (info.filterHeight * info.filterWidth);
    let at = 0;
    for (let image = 0; image < dx.length; image += imageSize) {
      for (let window = 0; window < first.length - 1; window++, at += channels) {
        for (let k = first[window]; k < first[window + 1]; k++) {
          const pixel = image + pixels[k];
          for (let c = 0; c < channels; c++) dx[pixel + c] += dy[at + c] * share;
        }
      }
    }
    return out;
  },
};
