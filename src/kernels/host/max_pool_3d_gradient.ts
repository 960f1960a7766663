import type {backend_util} from '@tensorflow/tfjs-core';
import {poolWindows} from './pool_windows';

/**
 * Computes the gradient of max pooling of volumes. Each window's dy goes to its maximum, the last one if several are
 * equal, as on tfjs's cpu backend for cubic windows.
 *
 * @param x The volumes.
 * @param y The result of pooling.
 * @param dx The result, initially all zeros.
 */
export function maxPool3DGradient(
  info: backend_util.Conv3DInfo,
  x: Float32Array,
  y: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
): void {
  const {pixels, first} = poolWindows(info);
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
}
