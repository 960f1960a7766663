import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

type Triple = [number, number, number];

export interface Conv3DCase {
  x: [number, number, number, number, number];
  filter: [number, number, number, number, number];
  strides: Triple;
  pad: 'same' | 'valid';
  seed: number;
}

const upTo = (max: number) => fc.integer({min: 1, max});
const triple = (max: number) => fc.tuple(upTo(max), upTo(max), upTo(max));

/** 3D convolutions, or poolings with `filter`'s first three sizes, small enough for the cpu backend. */
export const volumeCases: fc.Arbitrary<Conv3DCase> = fc
  .record({
    x: fc.tuple(upTo(2), upTo(5), upTo(5), upTo(5), upTo(3)),
    outChannels: upTo(3),
    size: triple(3),
    strides: triple(3),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.nat(),
  })
  .map(({x, outChannels, size, ...rest}): Conv3DCase => ({x, filter: [...size, x[4], outChannels], ...rest}))
  .filter(({x, filter, strides, pad}) => {
    const info = tf.backend_util.computeConv3DInfo(x, filter, strides, 1, pad);
    return info.outDepth > 0 && info.outHeight > 0 && info.outWidth > 0;
  });
