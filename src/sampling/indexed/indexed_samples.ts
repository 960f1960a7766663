import {checkOptions} from '../../core/check_options';
import {type GetSample, GetSource} from './get_source';
import {type BatchingOptions, IndexedDataset} from './indexed_dataset';
import {lazyClasses, type SamplerLabelOptions} from './lazy_classes';

/** Samples by index. */
export interface IndexedData {
  /** N: the number of samples. */
  length: number;
  /** Reads or makes sample `index` in 0 … N − 1. Those of a batch are requested concurrently. */
  get: GetSample;
  /** The classes of N samples, for samplers, as integers, rows `[N, C]` or lists. `uniform` needs none. */
  labels?: unknown;
}

/** How {@link indexedDataset} makes batches. */
export interface IndexedDatasetOptions extends BatchingOptions, SamplerLabelOptions {}

const DATA = ['length', 'get', 'labels'];
const OPTIONS = ['batchSize', 'sampler', 'seed', 'dropLast', 'numClasses', 'labels'];

/**
 * Makes a dataset for `fitDataset` from a function that returns samples: of files, a database, or images generated on
 * the fly. Samples are requested by index, in a sampler's order; none is read twice or kept.
 *
 * @example Lists of classes per image; rare ones repeated
 * ```ts
 * const labels = [[0], [0, 1], [0], [], [0]];
 * const dataset = indexedDataset(
 *   {length: 5, get: async (index) => ({xs: [index, 1], ys: [0, 1].map((j) => Number(labels[index].includes(j)))}), labels},
 *   {batchSize: 2, sampler: repeatFactor({threshold: 0.8}), numClasses: 2, seed: 7},
 * );
 * const {value} = await (await dataset.iterator()).next();
 * console.log(value.xs.shape, value.ys.shape); // → [ 2, 2 ] [ 2, 2 ]
 * ```
 *
 * @throws ValueError for unknown options and labels that the sampler cannot read; the iterator passes on whatever `get`
 *   throws, unchanged.
 */
export function indexedDataset(data: IndexedData, options: IndexedDatasetOptions = {}): IndexedDataset {
  checkOptions('indexedDataset', data, DATA);
  checkOptions('indexedDataset', options, OPTIONS);
  const source = new GetSource(data.length, data.get);
  return new IndexedDataset(source, options, lazyClasses(data.labels, source.length, options));
}
