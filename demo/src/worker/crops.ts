import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, classFrequency} from 'tfjs-longtail';
import {balancedCrops, type CropSet} from '../../../models/moby-dick/data/crop_set';
import {CROP_SIDE} from '../../../models/moby-dick/data/crops';
import {type TrainingScans, trainingScans} from '../../../models/moby-dick/data/scans';
import {Random} from '../../../src/core/random';
import {loadFaces} from './canvas';

export const SEED = 1;
/** Test crops of each class: few, as they are evaluated again and again during training. */
export const PER_CLASS = 20;

export interface Crops {
  /** About how many were requested. */
  samples: number;
  /** The pages that each epoch crops afresh. */
  scans: TrainingScans;
  /** The first epoch's crops, for the page to show. */
  first: CropSet;
  test: CropSet;
  freqInfo: ClassFrequency;
}

/** Draws the crops and counts their classes. The same number of samples gives the same crops. */
export async function makeCrops(
  samples: number,
  onProgress: (share: number, what: string) => void,
): Promise<Crops> {
  await loadFaces((share) => onProgress(0.1 * share, 'Loading typefaces'));
  const scans = trainingScans({
    samples,
    seed: SEED,
    onProgress: (done, total) => onProgress(0.1 + (0.6 * done) / total, 'Setting pages'),
  });
  onProgress(0.7, 'Cutting crops');
  const first = scans.crops(0);
  const test = balancedCrops('test', PER_CLASS);
  onProgress(0.95, 'Counting classes');
  const {classes, labels} = scans;
  const freqInfo = await classFrequency(tf.data.array(Array.from(labels, (ys) => ({xs: 0, ys}))), {
    numClasses: classes.length,
    classNames: [...classes],
  });
  return {samples, scans, first, test, freqInfo};
}

/** A batch of crops as tensors: `{xs: [batch, side, side, 1] in 0 … 1, ys: [batch]}`. Dispose of both. */
export function batchOf({images, labels}: CropSet, rows: ArrayLike<number>): Batch {
  const size = CROP_SIDE ** 2;
  return batch(rows, labels, (row) => images.subarray(row * size, (row + 1) * size));
}

/**
 * A batch of training crops of `rows`, with this epoch's boxes and noise. Repeated calls return the same batch, so that a
 * loaded run goes on as the saved one did.
 */
export function trainingBatch({labels, crop}: TrainingScans, rows: ArrayLike<number>, epoch: number): Batch {
  return batch(rows, labels, (row) => crop(row, new Random(epoch * labels.length + row)));
}

interface Batch {
  xs: tf.Tensor;
  ys: tf.Tensor;
}

function batch(rows: ArrayLike<number>, labels: Uint8Array, cropOf: (row: number) => Uint8Array): Batch {
  const size = CROP_SIDE ** 2;
  const pixels = new Float32Array(rows.length * size);
  const ys = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    pixels.set(
      Float32Array.from(cropOf(rows[i]), (level) => level / 255),
      i * size,
    );
    ys[i] = labels[rows[i]];
  }
  return {
    xs: tf.tensor4d(pixels, [rows.length, CROP_SIDE, CROP_SIDE, 1]),
    ys: tf.tensor1d(ys, 'int32'),
  };
}
