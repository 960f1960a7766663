import type {TensorInfo} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {type BackendWasm, run} from './kernel';

/**
 * dy in the shape of what a convolution gives. The input of a transposed convolution may be larger than what a
 * convolution of its output would give: as in tfjs's kernels, the first rows and columns count, the others do not.
 *
 * @param outShape `[batch, …, height, width, channels]`
 * @returns dy itself where it fits, or a copy, which the caller releases.
 */
export function fitOutputs(dy: TensorInfo, outShape: number[], backend: BackendWasm): TensorInfo {
  if (dy.shape.every((size, axis) => size === outShape[axis])) return dy;
  if (dy.shape.some((size, axis) => size < outShape[axis])) {
    reject('dy', `a tensor of at least [${outShape.join(', ')}], as a convolution of the output gives`, dy);
  }
  return run('Slice', backend, {x: dy}, {begin: outShape.map(() => 0), size: outShape});
}
