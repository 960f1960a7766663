import type {MaxPoolGradAttrs, MaxPoolGradInputs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {floats, type KernelCall, type Replacement} from './kernel';

/**
 * The gradient of max pooling: each window's dy goes to its first maximum. tfjs's kernel for wasm is wrong where no
 * value of a window is positive (it drops the gradient) and slow; this one agrees with the cpu backend.
 */
export const maxPoolGrad: Replacement = {
  kernelName: tfc.MaxPoolGrad,
  around: () => (call) => route(call as unknown as KernelCall<MaxPoolGradInputs, MaxPoolGradAttrs>),
};

function route({inputs, attrs, backend}: KernelCall<MaxPoolGradInputs, MaxPoolGradAttrs>): TensorInfo {
  const {filterSize, strides, pad, dimRoundingMode} = attrs;
  const shape = inputs.input.shape as [number, number, number, number];
  const info = tfc.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const out = backend.makeOutput(shape, 'float32');
  const x = floats(backend, inputs.input);
  const dy = floats(backend, inputs.dy);
  const dx = floats(backend, out).fill(0);
  const {inHeight, inWidth, inChannels: channels, outHeight, outWidth} = info;
  let at = 0;
  for (let n = 0; n < info.batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - info.padInfo.top;
      const firstRow = Math.max(0, top);
      const endRow = Math.min(inHeight, top + info.filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - info.padInfo.left;
        const firstColumn = Math.max(0, left);
        const endColumn = Math.min(inWidth, left + info.filterWidth);
        for (let channel = 0; channel < channels; channel++, at++) {
          let best = -Infinity;
          let bestAt = -1;
          for (let iy = firstRow; iy < endRow; iy++) {
            const row = (n * inHeight + iy) * inWidth;
            for (let ix = firstColumn; ix < endColumn; ix++) {
              const index = (row + ix) * channels + channel;
              if (x[index] > best) {
                best = x[index];
                bestAt = index;
              }
            }
          }
          if (bestAt >= 0) dx[bestAt] += dy[at];
        }
      }
    }
  }
  return out;
}
