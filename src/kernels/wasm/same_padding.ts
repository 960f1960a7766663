import type {KernelFunc, NamedAttrMap} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, type KernelCall, type Replacement} from './kernel';

interface ConvolutionAttrs {
  strides: number | [number, number];
  dilations: number | [number, number] | null;
  pad: unknown;
}
type Call = KernelCall<'x' | 'filter', ConvolutionAttrs>;

/**
 * Convolves with the padding that 'same' means. If strides skip pixels, there is none to add, but tfjs's kernels shift
 * every window, and give other numbers.
 */
const withSamePadding =
  (depthwise: boolean) =>
  (original: KernelFunc): KernelFunc =>
  (params) => {
    const {inputs, attrs} = callOf<Call>(params);
    if (attrs.pad !== 'same') return original(params);
    const {padInfo, strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth} =
      tfc.backend_util.computeConv2DInfo(
        inputs.x.shape as [number, number, number, number],
        inputs.filter.shape as [number, number, number, number],
        attrs.strides,
        attrs.dilations ?? 1,
        'same',
        undefined,
        depthwise,
      );
    if (strideHeight <= effectiveFilterHeight && strideWidth <= effectiveFilterWidth) return original(params);
    const pad = [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ];
    return original({...params, attrs: {...params.attrs, pad} as NamedAttrMap});
  };

export const samePadding: Replacement[] = [
  {kernelName: tfc.Conv2D, around: withSamePadding(false)},
  {kernelName: tfc.DepthwiseConv2dNative, around: withSamePadding(true)},
  {kernelName: tfc.FusedConv2D, around: withSamePadding(false)},
  {kernelName: tfc.FusedDepthwiseConv2D, around: withSamePadding(true)},
];
