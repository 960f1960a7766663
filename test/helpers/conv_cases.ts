import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {integers} from './both_backends';

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

/** The gradients of a depthwise convolution by its input and by its filter, whose last axis is the multiplier. */
export function depthwiseGradients({x, filter, strides, pad, seed}: ConvCase): tf.Tensor[] {
  const convolve = (input: tf.Tensor, weights: tf.Tensor) =>
    tf.depthwiseConv2d(input as tf.Tensor4D, weights as tf.Tensor4D, strides, pad as 'same');
  const [input, weights] = [integers(x, seed), integers(filter, seed + 1)];
  return tf.grads(convolve)([input, weights], integers(convolve(input, weights).shape, seed + 2));
}
