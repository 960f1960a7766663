import type {DepthwiseConv2dNativeBackpropFilterAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {repeatChannels} from './depthwise_channels';
import {addTap, addThreeTaps, type Row} from './depthwise_taps';
import {type BackendWasm, floats, type KernelCall, release, run} from './kernel';
import {addressOf} from './memory';
import {type SimdModule, simdModule} from './simd/module';

type Call = KernelCall<'x' | 'dy', DepthwiseConv2dNativeBackpropFilterAttrs>;
type ConvInfo = tfc.backend_util.Conv2DInfo;

/**
 * Computes the gradient of a depthwise convolution with respect to its filter, accumulated in float64: dW[ky, kx, c, q]
 * = Σ x[n, oy·s + ky − p, ox·s + kx − p, c] · dy[n, oy, ox, c·m + q].
 */
export function depthwiseConv2dBackpropFilter({inputs, attrs, backend}: Call): TensorInfo {
  const {strides, pad, dimRoundingMode, filterShape} = attrs;
  const shape = inputs.x.shape as [number, number, number, number];
  const info = tfc.backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode, true);
  const multiplier = filterShape[3];
  const padded = padImages(inputs.x, info, backend);
  const x = multiplier === 1 ? padded : repeatChannels(padded, multiplier, backend);
  const dw = backend.makeOutput(filterShape, 'float32');
  const module = simdModule(backend);
  if (module) correlateInSimd(module, x, inputs.dy, dw, info, backend);
  else floats(backend, dw).set(correlate(floats(backend, x), x.shape, floats(backend, inputs.dy), info));
  if (x !== padded) release(backend, x);
  if (padded !== inputs.x) release(backend, padded);
  return dw;
}

// With the padding in memory, every output sees its whole filter window.
function padImages(x: TensorInfo, {padInfo}: ConvInfo, backend: BackendWasm): TensorInfo {
  const {top, bottom, left, right} = padInfo;
  if (top + bottom + left + right === 0) return x;
  const paddings = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return run('PadV2', backend, {x}, {paddings, constantValue: 0});
}

function correlateInSimd(
  module: SimdModule,
  x: TensorInfo,
  dy: TensorInfo,
  dw: TensorInfo,
  {outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth}: ConvInfo,
  backend: BackendWasm,
): void {
  // A float64 is two float32.
  const sums = backend.makeOutput([2, ...dw.shape], 'float32');
  const addresses = [x, dy, sums, dw].map((info) => addressOf(backend, info));
  const sizes = [...x.shape, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth];
  module.depthwiseFilterGradient(...addresses, ...sizes);
  release(backend, sums);
}

// The same without SIMD, bit for bit.
function correlate(x: Float32Array, xShape: number[], dy: Float32Array, info: ConvInfo): Float64Array {
  const [batch, height, width, channels] = xShape;
  const {outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth} = info;
  const sums = new Float64Array(filterHeight * filterWidth * channels);
  const row: Row = {x, dy, sums, outputs: outWidth, channels, step: strideWidth * channels};
  for (let output = 0; output < batch * outHeight; output++) {
    const top = Math.floor(output / outHeight) * height + (output % outHeight) * strideHeight;
    const dyAt = output * outWidth * channels;
    for (let ky = 0; ky < filterHeight; ky++) {
      for (let kx = 0; kx < filterWidth; ) {
        const xAt = ((top + ky) * width + kx) * channels;
        const sumAt = (ky * filterWidth + kx) * channels;
        const three = strideWidth === 1 && kx + 3 <= filterWidth;
        if (three) addThreeTaps(row, xAt, dyAt, sumAt);
        else addTap(row, xAt, dyAt, sumAt, 0);
        kx += three ? 3 : 1;
      }
    }
  }
  return sums;
}
