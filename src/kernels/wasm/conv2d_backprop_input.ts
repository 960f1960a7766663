import type {Conv2DBackpropInputAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {fitOutputs} from './fit_outputs';
import {type BackendWasm, callOf, floats, type KernelCall, type Replacement, release, run} from './kernel';
import {inputGradient} from './simd/convolution';
import {simdProducts} from './simd/module';

type Call = KernelCall<'dy' | 'filter', Conv2DBackpropInputAttrs>;
type ConvInfo = tfc.backend_util.Conv2DInfo;

/** Zeros between the pixels of dy multiply the work by strideHeight · strideWidth; it pays up to this factor. */
const MAX_STRIDE_AREA = 9;

/**
 * Computes the gradient of conv2d with respect to its input by SIMD WebAssembly, or else as a convolution of dy with
 * the filter rotated by 180°: tfjs's own kernel is a scalar loop, its convolution is vectorized. Strides put zeros
 * between the pixels of dy.
 */
export const conv2DBackpropInput: Replacement = {
  kernelName: tfc.Conv2DBackpropInput,
  around: (original) => (params) => {
    const call = callOf<Call>(params);
    const {inputs, attrs, backend} = call;
    if (inputs.dy.shape.includes(0)) return zeros(call);
    if (attrs.dataFormat !== 'NHWC') return original(params);
    const info = convInfo(call);
    const dy = fitOutputs(inputs.dy, info.outShape, backend);
    const fitted = {...call, inputs: {...inputs, dy}};
    const module = simdProducts(backend);
    let dx: TensorInfo;
    if (module) dx = inputGradient(module, info, dy, inputs.filter, backend);
    else if (suits(info)) dx = asConvolution(fitted, info);
    else dx = original({...params, inputs: fitted.inputs}) as TensorInfo;
    if (dy !== inputs.dy) release(backend, dy);
    return dx;
  },
};

// Without outputs or output channels there is nothing to convolve.
function zeros({attrs, backend}: Call): TensorInfo {
  const dx = backend.makeOutput(attrs.inputShape, 'float32');
  floats(backend, dx).fill(0);
  return dx;
}

function convInfo({inputs, attrs}: Call): ConvInfo {
  const {strides, pad, dimRoundingMode, inputShape} = attrs;
  const filterShape = inputs.filter.shape as [number, number, number, number];
  return tfc.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
}

// Whether a convolution can compute it, and is faster.
function suits({padInfo, filterHeight, filterWidth, strideHeight, strideWidth}: ConvInfo): boolean {
  const fits =
    Math.max(padInfo.top, padInfo.bottom) < filterHeight &&
    Math.max(padInfo.left, padInfo.right) < filterWidth;
  return fits && strideHeight * strideWidth <= MAX_STRIDE_AREA;
}

function asConvolution({inputs, backend}: Call, info: ConvInfo): TensorInfo {
  const reversed = run('Reverse', backend, {x: inputs.filter}, {dims: [0, 1]});
  const filter = run('Transpose', backend, {x: reversed}, {perm: [0, 1, 3, 2]});
  const spread = info.strideHeight * info.strideWidth === 1 ? null : spreadOut(inputs.dy, info, backend);
  const x = spread ?? inputs.dy;
  const [, height, width] = x.shape;
  const top = info.filterHeight - 1 - info.padInfo.top;
  const left = info.filterWidth - 1 - info.padInfo.left;
  // All remaining padding up to inHeight + filterHeight − 1 goes to the end, including input that the strides never
  // reached.
  const bottom = info.inHeight + info.filterHeight - 1 - height - top;
  const right = info.inWidth + info.filterWidth - 1 - width - left;
  const pad = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const dx = run('Conv2D', backend, {x, filter}, {strides: 1, dilations: 1, pad, dataFormat: 'NHWC'});
  release(backend, reversed, filter, ...(spread ? [spread] : []));
  return dx;
}

function spreadOut(dy: TensorInfo, info: ConvInfo, backend: BackendWasm): TensorInfo {
  const {batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth} = info;
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  const out = backend.makeOutput([batchSize, height, width, outChannels], 'float32');
  const from = floats(backend, dy);
  const to = floats(backend, out).fill(0);
  let at = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++, at += outChannels) {
        const pixel = (n * height + y * strideHeight) * width + x * strideWidth;
        to.set(from.subarray(at, at + outChannels), pixel * outChannels);
      }
    }
  }
  return out;
}
