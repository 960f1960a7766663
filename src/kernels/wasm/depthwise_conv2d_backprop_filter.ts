import type {DepthwiseConv2dNativeBackpropFilterAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {repeatChannels} from './depthwise_channels';
import {floats, type KernelCall, release} from './kernel';

type Call = KernelCall<'x' | 'dy', DepthwiseConv2dNativeBackpropFilterAttrs>;
type ConvInfo = tfc.backend_util.Conv2DInfo;

/**
 * The gradient of a depthwise convolution by its filter: dW[ky, kx, c, q] = Σ x[n, oy·s + ky − p, ox·s + kx − p, c] ·
 * dy[n, oy, ox, c·m + q], added up in float64.
 */
export function depthwiseConv2dBackpropFilter({inputs, attrs, backend}: Call): TensorInfo {
  const {strides, pad, dimRoundingMode, filterShape} = attrs;
  const shape = inputs.x.shape as [number, number, number, number];
  const info = tfc.backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode, true);
  const multiplier = filterShape[3];
  const x = multiplier === 1 ? inputs.x : repeatChannels(inputs.x, multiplier, backend);
  const dw = backend.makeOutput(filterShape, 'float32');
  floats(backend, dw).set(correlate(floats(backend, x), floats(backend, inputs.dy), info));
  if (x !== inputs.x) release(backend, x);
  return dw;
}

function correlate(x: Float32Array, dy: Float32Array, info: ConvInfo): Float64Array {
  const {batchSize, inHeight, inWidth, outHeight, outWidth, outChannels, filterHeight, filterWidth} = info;
  const sums = new Float64Array(filterHeight * filterWidth * outChannels);
  for (let row = 0; row < batchSize * outHeight; row++) {
    const image = Math.floor(row / outHeight) * inHeight;
    const top = (row % outHeight) * info.strideHeight - info.padInfo.top;
    for (let ky = Math.max(0, -top); ky < Math.min(filterHeight, inHeight - top); ky++) {
      const xRow = (image + top + ky) * inWidth;
      for (let kx = 0; kx < filterWidth; kx++) {
        const left = kx - info.padInfo.left;
        // Output columns [from, to) are those whose input column left + ox · stride lies inside the image.
        const from = Math.max(0, Math.ceil(-left / info.strideWidth));
        const to = Math.min(outWidth, Math.ceil((inWidth - left) / info.strideWidth));
        if (from >= to) continue;
        const xAt = (xRow + left + from * info.strideWidth) * outChannels;
        const dyAt = (row * outWidth + from) * outChannels;
        const sumAt = (ky * filterWidth + kx) * outChannels;
        addRow(x, dy, sums, xAt, dyAt, sumAt, to - from, outChannels, info.strideWidth * outChannels);
      }
    }
  }
  return sums;
}

// Adds Σ x · dy over a row of outputs to each channel's sum. Four channels at a time, whose sums stay in registers.
function addRow(
  x: Float32Array,
  dy: Float32Array,
  sums: Float64Array,
  xAt: number,
  dyAt: number,
  sumAt: number,
  outputs: number,
  channels: number,
  step: number,
): void {
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0, i = xAt + c, j = dyAt + c; k < outputs; k++, i += step, j += channels) {
      s0 += x[i] * dy[j];
      s1 += x[i + 1] * dy[j + 1];
      s2 += x[i + 2] * dy[j + 2];
      s3 += x[i + 3] * dy[j + 3];
    }
    sums[sumAt + c] += s0;
    sums[sumAt + c + 1] += s1;
    sums[sumAt + c + 2] += s2;
    sums[sumAt + c + 3] += s3;
  }
  for (; c < channels; c++) {
    let sum = 0;
    for (let k = 0, i = xAt + c, j = dyAt + c; k < outputs; k++, i += step, j += channels)
      sum += x[i] * dy[j];
    sums[sumAt + c] += sum;
  }
}
