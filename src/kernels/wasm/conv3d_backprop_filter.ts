import type {Conv3DBackpropFilterV2Attrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {conv3DPlanes, takePlanes} from './conv3d_planes';
import {callOf, floats, type KernelCall, type Replacement, release, run} from './kernel';

/**
 * Computes the gradient of conv3d with respect to its filter, one depth of the filter at a time, each as the 2D
 * gradient of the planes that it sees. tfjs's kernel is wrong with strides.
 */
export const conv3DBackpropFilter: Replacement = {
  kernelName: tfc.Conv3DBackpropFilterV2,
  around: () => (params) => {
    const {inputs, attrs, backend} = callOf<KernelCall<'x' | 'dy', Conv3DBackpropFilterV2Attrs>>(params);
    const {filterShape} = attrs;
    const {taps, conv2d} = conv3DPlanes(inputs.x.shape, filterShape, attrs);
    const dw = backend.makeOutput(filterShape, 'float32');
    floats(backend, dw).fill(0);
    for (const {tap, first, stride, from, count} of taps) {
      const x = takePlanes(inputs.x, first, stride, count, backend);
      const dy = takePlanes(inputs.dy, from, 1, count, backend);
      const part = run(
        'Conv2DBackpropFilter',
        backend,
        {x, dy},
        {...conv2d, filterShape: filterShape.slice(1)},
      );
      const values = floats(backend, part);
      floats(backend, dw).set(values, tap * values.length);
      release(backend, x, dy, part);
    }
    return dw;
  },
};
