import * as tf from '@tensorflow/tfjs';
import type {CropSet} from './data/crop_set';
import {CROP_SIDE} from './data/crops';
import {predictLogits} from './network';

/** Logits `[rows, outputs]` of a set's crops. */
export function logitsOf(model: tf.LayersModel, {images}: CropSet): tf.Tensor2D {
  return predictLogits(model, images, CROP_SIDE);
}

/** The character of each crop by the highest logit. Background, a column after those of `classes`, is ignored. */
export function charactersOf(logits: tf.Tensor, classes: number): number[] {
  return tf.tidy(() => Array.from(tf.argMax(tf.slice(logits, [0, 0], [-1, classes]), 1).dataSync()));
}
