import type {Conv2DBackpropFilterAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {fitOutputs} from './fit_outputs';
import {type BackendWasm, floats, type KernelCall, release, reshaped, run} from './kernel';
import {filterGradient} from './simd/convolution';
import {simdProducts} from './simd/module';

type ConvInfo = tfc.backend_util.Conv2DInfo;

/** Patches are unfolded for as many filter taps at a time as fit in about 4 MB, a size that a CPU's cache holds. */
const CHUNK_ELEMENTS = 1 << 20;

/**
 * Computes the gradient of conv2d with respect to its filter as one matrix product over K = outHeight · outWidth ·
 * batch: dW[ky, kx, ci, co] = Σ x[n, oy·s + ky − p, ox·s + kx − p, ci] · dy[n, oy, ox, co].
 */
export function conv2DBackpropFilter(call: KernelCall<'x' | 'dy', Conv2DBackpropFilterAttrs>): TensorInfo {
  const {inputs, backend, attrs} = call;
  const {strides, pad, dataFormat, dimRoundingMode, filterShape} = attrs;
  if (dataFormat !== 'NHWC') reject('dataFormat', '"NHWC" on the wasm backend', dataFormat);
  const x = inputs.x as TensorInfo & {shape: [number, number, number, number]};
  const info = tfc.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const dy = fitOutputs(inputs.dy, info.outShape, backend);
  const module = simdProducts(backend);
  const dw = module ? filterGradient(module, info, x, dy, backend) : byBatch(x, dy, info, backend);
  if (dy !== inputs.dy) release(backend, dy);
  return dw;
}

// With the batch innermost, a tap's row of the left matrix consists of long contiguous pieces of x, and the product
// comes out in the filter's own layout.
function byBatch(x: TensorInfo, dy: TensorInfo, info: ConvInfo, backend: BackendWasm): TensorInfo {
  const {batchSize, inChannels, outChannels, outHeight, outWidth} = info;
  const depth = outHeight * outWidth * batchSize;
  const taps = info.filterHeight * info.filterWidth;

  const byChannel = run('Transpose', backend, {x}, {perm: [3, 1, 2, 0]});
  const batchLast = run('Transpose', backend, {x: dy}, {perm: [1, 2, 0, 3]});
  const right = reshaped(batchLast, [depth, outChannels]);
  const {filterHeight, filterWidth} = info;
  const dw = backend.makeOutput([filterHeight, filterWidth, inChannels, outChannels], 'float32');

  const tapsAtOnce = Math.min(taps, Math.max(1, Math.floor(CHUNK_ELEMENTS / (inChannels * depth))));
  for (let first = 0; first < taps; first += tapsAtOnce) {
    const count = Math.min(tapsAtOnce, taps - first);
    const left = backend.makeOutput([count * inChannels, depth], 'float32');
    unfold(floats(backend, byChannel), floats(backend, left), info, first, count);
    const part = run('BatchMatMul', backend, {a: left, b: right}, {transposeA: false, transposeB: false});
    floats(backend, dw).set(floats(backend, part), first * inChannels * outChannels);
    release(backend, left, part);
  }
  release(backend, byChannel, batchLast);
  return dw;
}

// Writes, for `count` filter taps from `first` on and each channel, the input of that tap at every output position.
function unfold(x: Float32Array, rows: Float32Array, info: ConvInfo, first: number, count: number): void {
  const {batchSize: n, inChannels, inHeight, inWidth, outHeight, outWidth, filterWidth} = info;
  let at = 0;
  for (let tap = first; tap < first + count; tap++) {
    const top = Math.floor(tap / filterWidth) - info.padInfo.top;
    const left = (tap % filterWidth) - info.padInfo.left;
    // Output columns [from, to) are those whose input column left + ox · stride lies inside the image.
    const from = Math.min(outWidth, Math.max(0, Math.ceil(-left / info.strideWidth)));
    const to = Math.max(from, Math.min(outWidth, Math.ceil((inWidth - left) / info.strideWidth)));
    for (let channel = 0; channel < inChannels; channel++) {
      for (let oy = 0; oy < outHeight; oy++, at += outWidth * n) {
        const iy = top + oy * info.strideHeight;
        if (iy < 0 || iy >= inHeight) {
          rows.fill(0, at, at + outWidth * n);
          continue;
        }
        const row = (channel * inHeight + iy) * inWidth;
        rows.fill(0, at, at + from * n);
        rows.fill(0, at + to * n, at + outWidth * n);
        if (info.strideWidth === 1) {
          rows.set(x.subarray((row + left + from) * n, (row + left + to) * n), at + from * n);
          continue;
        }
        for (let ox = from; ox < to; ox++) {
          const pixel = (row + left + ox * info.strideWidth) * n;
          rows.set(x.subarray(pixel, pixel + n), at + ox * n);
        }
      }
    }
  }
}
