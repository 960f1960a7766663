import type {TileAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

/**
 * Repeats along axes by copying ever larger blocks. The gradient of batch normalization repeats a row of channels over
 * the whole batch, which tfjs's kernel does value by value.
 */
export const tile: Replacement = {
  kernelName: tfc.Tile,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<KernelCall<'x', TileAttrs>>(params);
    const {shape, dtype} = inputs.x;
    const outShape = shape.map((size, axis) => size * attrs.reps[axis]);
    if (dtype !== 'float32' || outShape.length === 0 || outShape.includes(0)) return original(params);
    const out = backend.makeOutput(outShape, dtype);
    writeTiles(floats(backend, inputs.x), floats(backend, out), shape, attrs.reps);
    return out;
  },
};

function writeTiles(from: Float32Array, to: Float32Array, shape: number[], reps: number[]): void {
  const strides = [...tfc.util.computeStrides(shape), 1];
  const last = shape.length - 1;
  // Writes the part of x that starts at `source`, tiled from `axis` on, to `target`; returns its length.
  const write = (axis: number, source: number, target: number): number => {
    let length = 0;
    if (axis === last) {
      length = shape[last];
      to.set(from.subarray(source, source + length), target);
    } else {
      for (let i = 0; i < shape[axis]; i++) {
        length += write(axis + 1, source + i * strides[axis], target + length);
      }
    }
    const total = length * reps[axis];
    for (let done = length; done < total; done *= 2) {
      to.copyWithin(target + done, target, target + Math.min(done, total - done));
    }
    return total;
  };
  write(0, 0, 0);
}
