import type {TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, floats} from './kernel';

type Shape5 = [number, number, number, number, number];

/** The input of one depth of a 3D filter: planes `first`, `first + stride`, … of x, for outputs from `from` on. */
export interface TapPlanes {
  tap: number;
  first: number;
  stride: number;
  from: number;
  count: number;
}

/** The 2D part of a 3D convolution, and the planes it applies to for each depth of the filter. */
export interface Conv3DPlanes {
  taps: TapPlanes[];
  conv2d: {strides: [number, number]; pad: [number, number][]; dataFormat: 'NHWC'; dimRoundingMode: 'floor'};
}

/**
 * Splits a 3D convolution into a sum of 2D ones: y[:, od] = Σ_kd conv2d(x[:, od · s + kd − p], W[kd]). Planes of
 * different depths join the batch. Both gradients split the same way.
 */
export function conv3DPlanes(
  xShape: number[],
  filterShape: number[],
  {strides, pad}: {strides: [number, number, number] | number; pad: 'same' | 'valid'},
): Conv3DPlanes {
  const info = tfc.backend_util.computeConv3DInfo(xShape as Shape5, filterShape as Shape5, strides, 1, pad);
  const {padInfo, strideDepth: stride} = info;
  const taps: TapPlanes[] = [];
  // Without outputs no tap has any input, and the 2D convolution of such planes may have a negative size.
  const depths = info.outShape.includes(0) ? 0 : info.filterDepth;
  for (let tap = 0; tap < depths; tap++) {
    const offset = tap - padInfo.front;
    const from = Math.max(0, Math.ceil(-offset / stride));
    const count = Math.min(info.outDepth, Math.ceil((info.inDepth - offset) / stride)) - from;
    if (count > 0) taps.push({tap, first: from * stride + offset, stride, from, count});
  }
  return {
    taps,
    conv2d: {
      strides: [info.strideHeight, info.strideWidth],
      pad: [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ],
      dataFormat: 'NHWC',
      dimRoundingMode: 'floor',
    },
  };
}

/**
 * Extracts planes `first`, `first + stride`, … of every volume of a batch [n, depth, h, w, c], as a batch of images.
 */
export function takePlanes(
  x: TensorInfo,
  first: number,
  stride: number,
  count: number,
  backend: BackendWasm,
): TensorInfo {
  const [batch, depth, ...plane] = x.shape;
  const out = backend.makeOutput([batch * count, ...plane], 'float32');
  const from = floats(backend, x);
  const to = floats(backend, out);
  const size = tfc.util.sizeFromShape(plane);
  for (let image = 0; image < batch * count; image++) {
    const source = (Math.floor(image / count) * depth + first + (image % count) * stride) * size;
    to.set(from.subarray(source, source + size), image * size);
  }
  return out;
}
