import type {TensorInfo} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {type BackendWasm, run} from './kernel';

/**
 * Crops dy to the shape of a convolution's output. The input of a transposed convolution may be larger than the result
 * of convolving its output: as in tfjs's kernels, only the first rows and columns count.
 *
 * @param outShape `[batch, …, height, width, channels]`
 * @returns dy itself if it fits, or a copy that the caller releases.
 */
export function fitOutputs(dy: TensorInfo, outShape: number[], backend: BackendWasm): TensorInfo {
  if (dy.shape.every((size, axis) => size === outShape[axis])) return dy;
  if (dy.shape.some((size, axis) => size < outShape[axis])) {
    reject('dy', `a tensor of at least [${outShape.join(', ')}], as a convolution of the output gives`, dy);
  }
  return run('Slice', backend, {x: dy}, {begin: outShape.map(() => 0), size: outShape});
}
