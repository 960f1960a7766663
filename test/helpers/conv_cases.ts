import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

export interface ConvCase {
  x: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
  seed: number;
}

const upTo = (max: number) => fc.integer({min: 1, max});
const padding = fc.tuple(fc.nat(2), fc.nat(2));

/** Convolutions of every kind of geometry, small enough for the cpu backend. */
export const convCases: fc.Arbitrary<ConvCase> = fc
  .record({
    x: fc.tuple(upTo(3), upTo(9), upTo(9), upTo(5)),
    outChannels: upTo(5),
    size: fc.tuple(upTo(4), upTo(4)),
    strides: fc.tuple(upTo(3), upTo(3)),
    pad: fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc.tuple(padding, padding).map(([h, w]): tf.backend_util.ExplicitPadding => [[0, 0], h, w, [0, 0]]),
    ),
    seed: fc.nat(),
  })
  .map(({x, outChannels, size, ...rest}): ConvCase => ({x, filter: [...size, x[3], outChannels], ...rest}))
  .filter(({x, filter, strides, pad}) => {
    const {outHeight, outWidth} = tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad);
    return outHeight > 0 && outWidth > 0;
  });
