import type {MaxPool3DGradAttrs, ResizeBilinearAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {maxPool3DGradient} from '../host/max_pool_3d_gradient';
import {bilinear, nearest, resizeGradient} from '../host/resize_gradient';
import {asKernelFunc} from '../shared';
import {type CpuBackend, valuesOf} from './backend';

interface KernelCall<Names extends string, Attrs> {
  inputs: Record<Names, TensorInfo>;
  attrs: Attrs;
  backend: CpuBackend;
}

const resizing =
  (resampling: typeof nearest) =>
  ({inputs, attrs, backend}: KernelCall<'images' | 'dy', ResizeBilinearAttrs>): TensorInfo => {
    const {shape} = inputs.images;
    const dx = new Float32Array(tfc.util.sizeFromShape(shape));
    const dy = valuesOf(backend, inputs.dy) as Float32Array;
    resizeGradient(resampling, dy, inputs.dy.shape, dx, shape, attrs);
    return backend.makeTensorInfo(shape, 'float32', dx);
  };

function maxPool3D(call: KernelCall<'dy' | 'input' | 'output', MaxPool3DGradAttrs>): TensorInfo {
  const {inputs, attrs, backend} = call;
  const {filterSize, strides, pad, dimRoundingMode} = attrs;
  const shape = inputs.input.shape as [number, number, number, number, number];
  const info = tfc.backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const [x, y, dy] = [inputs.input, inputs.output, inputs.dy].map(
    (t) => valuesOf(backend, t) as Float32Array,
  );
  const dx = new Float32Array(x.length);
  maxPool3DGradient(info, x, y, dy, dx);
  return backend.makeTensorInfo(shape, 'float32', dx);
}

const GRADIENTS: [string, (call: never) => TensorInfo][] = [
  [tfc.MaxPool3DGrad, maxPool3D],
  [tfc.ResizeBilinearGrad, resizing(bilinear)],
  [tfc.ResizeNearestNeighborGrad, resizing(nearest)],
];

/**
 * Replaces the gradients that tfjs's cpu backend gets wrong: of nearest-neighbor resizing from a batch's second image
 * on, of bilinear resizing of non-square images, of either with `halfPixelCenters`, and of max pooling with non-cubic
 * windows. Does nothing before that backend is imported. Idempotent.
 */
export function replaceCpuGradients(): void {
  for (const [kernelName, gradient] of GRADIENTS) {
    const kernelFunc = asKernelFunc(gradient);
    const original = tfc.getKernel(kernelName, 'cpu');
    if (!original || original.kernelFunc === kernelFunc) continue;
    tfc.unregisterKernel(kernelName, 'cpu');
    tfc.registerKernel({...original, kernelFunc});
  }
}
