import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

export interface PoolCase {
  x: [number, number, number, number];
  size: [number, number];
  strides: [number, number];
  pad: 'same' | 'valid';
  seed: number;
}

const upTo = (max: number) => fc.integer({min: 1, max});

/** Poolings of every kind of geometry, 2 × 2 as often as all others together. */
export const poolCases: fc.Arbitrary<PoolCase> = fc
  .record({
    x: fc.tuple(upTo(3), upTo(9), upTo(9), upTo(5)),
    size: fc.oneof(fc.constant<[number, number]>([2, 2]), fc.tuple(upTo(4), upTo(4))),
    strides: fc.tuple(upTo(3), upTo(3)),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.nat(),
  })
  .filter(({x, size, strides, pad}) => {
    const {outHeight, outWidth} = tf.backend_util.computePool2DInfo(x, size, strides, 1, pad);
    return outHeight > 0 && outWidth > 0;
  });
