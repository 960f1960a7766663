import type {ResizeBilinearAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {bilinear, nearest, resizeGradient} from '../host/resize_gradient';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

type Call = KernelCall<'images' | 'dy', ResizeBilinearAttrs>;

const replacement = (kernelName: string, resampling: typeof nearest): Replacement => ({
  kernelName,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {shape} = inputs.images;
    const out = backend.makeOutput(shape, 'float32');
    const dy = floats(backend, inputs.dy);
    resizeGradient(resampling, dy, inputs.dy.shape, floats(backend, out), shape, attrs);
    return out;
  },
});

/** The gradients of resizing; tfjs's kernels ignore `halfPixelCenters`. */
export const resizeGradients: Replacement[] = [
  replacement(tfc.ResizeBilinearGrad, bilinear),
  replacement(tfc.ResizeNearestNeighborGrad, nearest),
];
