import type {DepthwiseConv2dNativeBackpropInputAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {sumChannelGroups} from './depthwise_channels';
import {type BackendWasm, floats, type KernelCall, release, reshaped, run} from './kernel';

type Call = KernelCall<'dy' | 'filter', DepthwiseConv2dNativeBackpropInputAttrs>;
type ConvInfo = tfc.backend_util.Conv2DInfo;

/**
 * Computes the gradient of a depthwise convolution with respect to its input: dx[n, y, x, c] = Σ dy[n, oy, ox, c·m + q]
 * · W[ky, kx, c, q] over y = oy · s + ky − p (x alike) and the multiplier's q. For each channel of dy this is a
 * depthwise convolution of dy with the filter rotated by 180°, for which tfjs's kernel is vectorized; then the m
 * channels of one c are summed.
 */
export function depthwiseConv2dBackpropInput({inputs, attrs, backend}: Call): TensorInfo {
  const {strides, pad, dimRoundingMode, inputShape} = attrs;
  const shape = inputs.filter.shape as [number, number, number, number];
  const info = tfc.backend_util.computeConv2DInfo(inputShape, shape, strides, 1, pad, dimRoundingMode, true);
  const [filterHeight, filterWidth, channels, multiplier] = shape;
  const reversed = run('Reverse', backend, {x: inputs.filter}, {dims: [0, 1]});
  const filter = reshaped(reversed, [filterHeight, filterWidth, channels * multiplier, 1]);
  const x = placeOutputs(inputs.dy, info, backend);
  const byOutput = run(
    'DepthwiseConv2dNative',
    backend,
    {x, filter},
    {strides: 1, dilations: 1, pad: 'valid'},
  );
  release(backend, reversed, x);
  if (multiplier === 1) return byOutput;
  const dx = sumChannelGroups(byOutput, multiplier, backend);
  release(backend, byOutput);
  return dx;
}

// Lays out dy for a convolution without padding: strides put zeros between its pixels, and (filter − 1 − padding) zeros
// before it. Outputs that saw nothing but padding fall outside.
function placeOutputs(dy: TensorInfo, info: ConvInfo, backend: BackendWasm): TensorInfo {
  const {batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth, padInfo} = info;
  const height = info.inHeight + info.filterHeight - 1;
  const width = info.inWidth + info.filterWidth - 1;
  const out = backend.makeOutput([batchSize, height, width, outChannels], 'float32');
  const from = floats(backend, dy);
  const to = floats(backend, out).fill(0);
  const top = info.filterHeight - 1 - padInfo.top;
  const left = info.filterWidth - 1 - padInfo.left;
  const first = Math.min(outWidth, Math.max(0, Math.ceil(-left / strideWidth)));
  const end = Math.max(first, Math.min(outWidth, Math.ceil((width - left) / strideWidth)));
  for (let row = 0; row < batchSize * outHeight; row++) {
    const y = top + (row % outHeight) * strideHeight;
    if (y < 0 || y >= height) continue;
    const target = (Math.floor(row / outHeight) * height + y) * width + left;
    const source = row * outWidth;
    const step = strideWidth === 1 ? end - first : 1;
    for (let x = first; x < end; x += step) {
      const pixels = from.subarray((source + x) * outChannels, (source + x + step) * outChannels);
      to.set(pixels, (target + x * strideWidth) * outChannels);
    }
  }
  return out;
}
