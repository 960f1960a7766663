import * as tf from '@tensorflow/tfjs';
import {CROP_SIDE} from '../../models/moby-dick/data/crops';

/** Crops as the CNN takes them: `[rows, side, side, 1]`, float32 in 0 … 1. */
export function pixelTensor(images: Uint8Array): tf.Tensor4D {
  const rows = images.length / CROP_SIDE ** 2;
  return tf.tidy(() => tf.div(tf.tensor4d(Float32Array.from(images), [rows, CROP_SIDE, CROP_SIDE, 1]), 255));
}
