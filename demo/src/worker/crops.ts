import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, classFrequency} from 'tfjs-longtail';
import {balancedCrops, type CropSet} from '../../../models/moby-dick/data/crop_set';
import {CROP_SIDE} from '../../../models/moby-dick/data/crops';
import {cropDataset} from '../../../models/moby-dick/data/dataset';
import {trainingCrops} from '../../../models/moby-dick/data/scans';
import {loadFaces} from './canvas';

export const SEED = 1;
/** Test crops of each class: few, as they are looked at again and again while training runs. */
export const PER_CLASS = 20;

export interface Crops {
  training: CropSet;
  test: CropSet;
  freqInfo: ClassFrequency;
}

/** Draws the crops, the same for the same number of samples, and counts their classes. */
export async function makeCrops(
  samples: number,
  onProgress: (share: number, what: string) => void,
): Promise<Crops> {
  await loadFaces((share) => onProgress(0.1 * share, 'Loading typefaces'));
  const training = trainingCrops({
    samples,
    seed: SEED,
    onProgress: (done, total) => onProgress(0.1 + (0.8 * done) / total, 'Setting pages and cutting crops'),
  });
  const test = balancedCrops('test', PER_CLASS);
  onProgress(0.95, 'Counting classes');
  const freqInfo = await classFrequency(cropDataset(tf.data, training), {
    numClasses: training.classes.length,
    classNames: [...training.classes],
  });
  return {training, test, freqInfo};
}

/** A batch of crops as tensors: `{xs: [batch, side, side, 1] in 0 … 1, ys: [batch]}`. Dispose of both. */
export function batchOf({images, labels}: CropSet, rows: ArrayLike<number>): {xs: tf.Tensor; ys: tf.Tensor} {
  const size = CROP_SIDE ** 2;
  const pixels = new Float32Array(rows.length * size);
  const ys = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < size; k++) pixels[i * size + k] = images[rows[i] * size + k] / 255;
    ys[i] = labels[rows[i]];
  }
  return {
    xs: tf.tensor4d(pixels, [rows.length, CROP_SIDE, CROP_SIDE, 1]),
    ys: tf.tensor1d(ys, 'int32'),
  };
}
