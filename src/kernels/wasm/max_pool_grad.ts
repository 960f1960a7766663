import type {MaxPoolGradAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type PoolWindows, poolWindows} from '../host/pool_windows';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

type Call = KernelCall<'dy' | 'input' | 'output', MaxPoolGradAttrs>;

/**
 * The gradient of max pooling: each window's dy goes to the first of its maxima, as on the cpu backend. tfjs's kernel
 * drops it if no value of the window is positive, and takes the last of the maxima.
 */
export const maxPoolGrad: Replacement = {
  kernelName: tfc.MaxPoolGrad,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {filterSize, strides, pad, dimRoundingMode} = attrs;
    const shape = inputs.input.shape as [number, number, number, number];
    const info = tfc.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const windows = poolWindows(info);
    const out = backend.makeOutput(shape, 'float32');
    const [x, y, dy] = [inputs.input, inputs.output, inputs.dy].map((t) => floats(backend, t));
    const dx = floats(backend, out).fill(0);
    const imageSize = info.inHeight * info.inWidth * info.inChannels;
    const pooledSize = info.outHeight * info.outWidth * info.inChannels;
    for (let n = 0; n < info.batchSize; n++) {
      const image = (values: Float32Array) => values.subarray(n * imageSize, (n + 1) * imageSize);
      const pooled = (values: Float32Array) => values.subarray(n * pooledSize, (n + 1) * pooledSize);
      routeImage(windows, info.inChannels, image(x), pooled(y), pooled(dy), image(dx));
    }
    return out;
  },
};

function routeImage(
  {pixels, first}: PoolWindows,
  channels: number,
  x: Float32Array,
  y: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
): void {
  for (let window = 0, at = 0; at < y.length; window++, at += channels) {
    const begin = first[window];
    const end = first[window + 1];
    if (end - begin === 4) {
      routeToOneOfFour(pixels, begin, channels, at, x, y, dy, dx);
      continue;
    }
    for (let c = 0; c < channels; c++) {
      let k = begin;
      while (k < end && x[pixels[k] + c] !== y[at + c]) k++;
      if (k < end) dx[pixels[k] + c] += dy[at + c];
    }
  }
}

// The position of the maximum is unpredictable: counting the misses is three times as fast as branching on them.
function routeToOneOfFour(
  pixels: Int32Array,
  begin: number,
  channels: number,
  at: number,
  x: Float32Array,
  y: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
): void {
  const p0 = pixels[begin];
  const p1 = pixels[begin + 1];
  const p2 = pixels[begin + 2];
  const p3 = pixels[begin + 3];
  for (let c = 0; c < channels; c++) {
    const max = y[at + c];
    const not0 = +(x[p0 + c] !== max);
    const not1 = not0 * +(x[p1 + c] !== max);
    const not2 = not1 * +(x[p2 + c] !== max);
    dx[p0 + c + not0 * (p1 - p0) + not1 * (p2 - p1) + not2 * (p3 - p2)] += dy[at + c];
  }
}
