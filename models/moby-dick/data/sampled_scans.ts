import {type IndexedDataset, indexedDataset, type Sampler} from '../../../src/sampling';
import {CROP_SIDE} from './crops';
import type {TrainingScans} from './scans';

/**
 * Batches of scans for `fitDataset`, in a sampler's order: `{xs: [batch, side, side, 1] in 0 … 1, ys: int32 [batch]}`. A
 * crop that an epoch shows twice is drawn twice.
 */
export function sampledScans(
  {classes, labels, crop}: Pick<TrainingScans, 'classes' | 'labels' | 'crop'>,
  options: {batchSize: number; seed: number; sampler: Sampler},
): IndexedDataset {
  return indexedDataset(
    {
      length: labels.length,
      get: (row, {random}) => ({
        xs: {
          data: Float32Array.from(crop(row, random), (level) => level / 255),
          shape: [CROP_SIDE, CROP_SIDE, 1],
        },
        ys: {data: Int32Array.of(labels[row]), shape: []},
      }),
      labels,
    },
    {...options, numClasses: classes.length},
  );
}
