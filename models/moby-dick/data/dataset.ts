import type {data} from '@tensorflow/tfjs';
import * as tfc from '@tensorflow/tfjs-core';
import {Random} from '../../../src/core/random';
import {CROP_SIDE} from './crops';
import type {TrainingScans} from './scans';

/** Crops and labels as bytes, from any source. */
export interface LabelledCrops {
  images: Uint8Array;
  labels: Uint8Array;
}

/** The part of `@tensorflow/tfjs-data` used here. */
type TfData = Pick<typeof data, 'generator'>;

/** One crop: its gray levels 0 … 255, and its class (C for background). */
export interface CropElement {
  xs: Float32Array;
  ys: number;
  [key: string]: Float32Array | number;
}

/** A tf.data dataset of single crops, in the order of the set. */
export function cropDataset(tfData: TfData, {images, labels}: LabelledCrops): data.Dataset<CropElement> {
  const size = CROP_SIDE ** 2;
  return tfData.generator(function* () {
    for (let i = 0; i < labels.length; ++i) {
      yield {xs: Float32Array.from(images.subarray(i * size, (i + 1) * size)), ys: labels[i]};
    }
  } as never) as unknown as data.Dataset<CropElement>;
}

/**
 * Batches ready for `fitDataset`, reshuffled in every epoch: `{xs: [batch, side, side, 1] in 0 … 1, ys: [batch]}`.
 *
 * @param size Number of elements in `crops`. The shuffle buffer must hold all of them to mix head and tail.
 */
export function trainingBatches(
  crops: data.Dataset<CropElement>,
  size: number,
  {batchSize, seed}: {batchSize: number; seed: number},
): data.Dataset<{xs: tfc.Tensor; ys: tfc.Tensor}> {
  const batches = crops.shuffle(size, String(seed)).batch(batchSize) as unknown as data.Dataset<{
    xs: tfc.Tensor;
    ys: tfc.Tensor;
  }>;
  return batches.map(({xs, ys}) => ({
    xs: tfc.tidy(() => tfc.div(tfc.reshape(xs, [-1, CROP_SIDE, CROP_SIDE, 1]), 255)),
    ys,
  })) as never;
}

/**
 * Batches of scans for `fitDataset`: `{xs: [batch, side, side, 1] in 0 … 1, ys: int32 [batch]}`. Each pass redraws the
 * crops and shuffles them.
 */
export function scanBatches(
  tfData: TfData,
  scans: Pick<TrainingScans, 'labels' | 'crops'>,
  {batchSize, seed}: {batchSize: number; seed: number},
): data.Dataset<{xs: tfc.Tensor; ys: tfc.Tensor}> {
  const size = CROP_SIDE ** 2;
  let epoch = 0;
  return tfData.generator(function* () {
    const order = new Random(seed * 1009 + epoch).shuffle(Int32Array.from(scans.labels.keys()));
    const {images, labels} = scans.crops(epoch++);
    for (let start = 0; start < order.length; start += batchSize) {
      const rows = order.subarray(start, start + batchSize);
      const pixels = new Float32Array(rows.length * size);
      rows.forEach((row, i) => {
        for (let k = 0; k < size; k++) pixels[i * size + k] = images[row * size + k] / 255;
      });
      yield {
        xs: tfc.tensor4d(pixels, [rows.length, CROP_SIDE, CROP_SIDE, 1]),
        ys: tfc.tensor1d(
          Int32Array.from(rows, (row) => labels[row]),
          'int32',
        ),
      };
    }
  } as never) as never;
}
