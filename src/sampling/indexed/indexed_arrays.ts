import {checkOptions} from '../../core/check_options';
import {ArraySource, type SampleTransform} from './array_source';
import {type BatchingOptions, IndexedDataset} from './indexed_dataset';
import {lazyClasses, type SamplerLabelOptions} from './lazy_classes';
import type {SampleArrays} from './sample_array';

/** Data in memory. */
export interface ArrayData {
  /** Inputs of n samples. */
  xs: SampleArrays;
  /** Targets of n samples: an `Int32Array` of integers, but float32 for tfjs's `sparseCategoricalCrossentropy`. */
  ys: SampleArrays;
  /** The classes of n samples, for samplers. Default: `ys`. */
  labels?: unknown;
}

/** How {@link indexedArrays} makes batches. */
export interface IndexedArraysOptions extends BatchingOptions, SamplerLabelOptions {
  /** Augments a sample in place, with a seed: see {@link SampleContext}. */
  transform?: SampleTransform;
}

const DATA = ['xs', 'ys', 'labels'];
const OPTIONS = ['batchSize', 'sampler', 'seed', 'dropLast', 'numClasses', 'labels', 'transform'];

/**
 * Makes a dataset of arrays in memory for `fitDataset`: batches are copied from the arrays, in a sampler's order. The
 * arrays are neither copied as a whole nor changed; do not change them in the meantime.
 *
 * @example Pixels as bytes, integer labels, each class as often as every other
 * ```ts
 * const images = {data: new Uint8Array(6 * 4 * 4), shape: [6, 4, 4, 1]};
 * const dataset = indexedArrays(
 *   {xs: images, ys: Int32Array.of(0, 0, 0, 0, 0, 1)},
 *   {
 *     batchSize: 3,
 *     sampler: classAware,
 *     transform: ({xs}, {random}) => {
 *       const gain = random.between(0.8, 1.2) / 255;
 *       for (let i = 0; i < xs.length; ++i) xs[i] *= gain;
 *     },
 *   },
 * );
 * const {value} = await (await dataset.iterator()).next();
 * console.log(dataset.size, value.xs.shape, value.ys.dtype); // → 2 [ 3, 4, 4, 1 ] int32
 * ```
 *
 * @throws ValueError for arrays of different lengths, unknown options, and labels that the sampler cannot read.
 */
export function indexedArrays(data: ArrayData, options: IndexedArraysOptions = {}): IndexedDataset {
  checkOptions('indexedArrays', data, DATA);
  checkOptions('indexedArrays', options, OPTIONS);
  const source = new ArraySource(data.xs, data.ys, options.transform);
  return new IndexedDataset(source, options, lazyClasses(data.labels ?? data.ys, source.length, options));
}
