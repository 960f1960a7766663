import type {MaxPool3DGradAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {floats, type KernelCall, type Replacement} from './kernel';
import {poolWindows} from './pool_windows';

type Call = KernelCall<'dy' | 'input' | 'output', MaxPool3DGradAttrs>;

/**
 * The gradient of max pooling of volumes: each window's dy goes to its maximum, the last one of equals, as on the cpu
 * backend for cubic windows. tfjs's kernel drops it where no value of the window is positive, and its cpu backend
 * loses its way in windows that are not as high as wide.
 */
export const maxPool3DGrad: Replacement = {
  kernelName: tfc.MaxPool3DGrad,
  around: () => (params) => {
    const {inputs, attrs, backend} = params as unknown as Call;
    const {filterSize, strides, pad, dimRoundingMode} = attrs;
    const shape = inputs.input.shape as [number, number, number, number, number];
    const info = tfc.backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const {pixels, first} = poolWindows(info);
    const out = backend.makeOutput(shape, 'float32');
    const [x, y, dy] = [inputs.input, inputs.output, inputs.dy].map((t) => floats(backend, t));
    const dx = floats(backend, out).fill(0);
    const channels = info.inChannels;
    const volume = info.inDepth * info.inHeight * info.inWidth * channels;
    let at = 0;
    for (let start = 0; start < x.length; start += volume) {
      for (let window = 0; window < first.length - 1; window++, at += channels) {
        for (let c = 0; c < channels; c++) {
          let k = first[window + 1] - 1;
          while (k >= first[window] && x[start + pixels[k] + c] !== y[at + c]) k--;
          if (k >= first[window]) dx[start + pixels[k] + c] += dy[at + c];
        }
      }
    }
    return out;
  },
};
