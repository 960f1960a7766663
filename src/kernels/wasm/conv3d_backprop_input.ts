import type {Conv3DBackpropInputV2Attrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {conv3DPlanes, takePlanes} from './conv3d_planes';
import {callOf, floats, type KernelCall, type Replacement, release, reshaped, run} from './kernel';

type Call = KernelCall<'dy' | 'filter', Conv3DBackpropInputV2Attrs>;

/**
 * Computes the gradient of conv3d with respect to its input, which is also the transposed convolution: the 2D gradients
 * of each depth of the filter, summed in the planes that it saw. tfjs's kernel is wrong.
 */
export const conv3DBackpropInput: Replacement = {
  kernelName: tfc.Conv3DBackpropInputV2,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {inputShape} = attrs;
    const {taps, conv2d} = conv3DPlanes(inputShape, inputs.filter.shape, attrs);
    const [batch, depth, ...plane] = inputShape;
    const dx = backend.makeOutput(inputShape, 'float32');
    floats(backend, dx).fill(0);
    const byTap = reshaped(inputs.filter, [1, ...inputs.filter.shape]);
    for (const {tap, first, stride, from, count} of taps) {
      const filter = takePlanes(byTap, tap, 1, 1, backend);
      const dy = takePlanes(inputs.dy, from, 1, count, backend);
      const inFilter = reshaped(filter, inputs.filter.shape.slice(1));
      const images = {...conv2d, inputShape: [batch * count, ...plane]};
      const part = run('Conv2DBackpropInput', backend, {dy, filter: inFilter}, images);
      addPlanes(floats(backend, part), floats(backend, dx), {depth, first, stride, count}, batch);
      release(backend, filter, dy, part);
    }
    return dx;
  },
};

function addPlanes(
  from: Float32Array,
  to: Float32Array,
  {depth, first, stride, count}: {depth: number; first: number; stride: number; count: number},
  batch: number,
): void {
  const size = from.length / (batch * count);
  for (let image = 0, at = 0; image < batch * count; image++) {
    let target = (Math.floor(image / count) * depth + first + (image % count) * stride) * size;
    for (const end = at + size; at < end; at++, target++) to[target] += from[at];
  }
}
