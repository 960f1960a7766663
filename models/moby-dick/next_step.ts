import {createHash} from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import {CROP_SIDE} from './data/crops';
import type {LabelledCrops} from './data/dataset';
import {NEXT_BATCH, type StepResult} from './training_job';

/** Trains one step on the first crops of the training set. A model and its reloaded twin must agree on the result. */
export async function nextStep(model: tf.LayersModel, {images, labels}: LabelledCrops): Promise<StepResult> {
  const rows = Math.min(NEXT_BATCH, labels.length);
  const pixels = Float32Array.from(images.subarray(0, rows * CROP_SIDE ** 2), (level) => level / 255);
  const xs = tf.tensor4d(pixels, [rows, CROP_SIDE, CROP_SIDE, 1]);
  const ys = tf.tensor1d(Int32Array.from(labels.subarray(0, rows)), 'int32');
  const values = [await model.trainOnBatch(xs, ys)].flat() as number[];
  tf.dispose([xs, ys]);
  const hash = createHash('sha256');
  for (const weight of model.getWeights()) hash.update(weight.dataSync());
  return {values, weights: hash.digest('hex')};
}
