import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import {type FrequencyInfo, frequenciesOf, namesOf} from '../../frequency/frequencies_of';
import type {ElementSource} from '../../frequency/reading/element_source';
import {checkLabelOptions, type ElementLabelOptions, LABEL_OPTIONS} from './element_classes';
import {keepSome} from './keep_some';
import {requireDataset} from './stream_view';

/** How {@link undersampleHead} drops images. */
export interface UndersampleHeadOptions extends ElementLabelOptions {
  /** f_j. */
  freqInfo: FrequencyInfo;
  /** c: classes above it are thinned out to it. A frequency above 0, up to 1. */
  maxFrequency: number;
  /** The share of images without a class (background) to keep, 0 … 1. Default: 1. */
  keepBackground?: number;
  /** An integer; default: 0. The same seed gives the same sequence of passes, each of which drops different images. */
  seed?: number;
}

/**
 * Drops images of frequent classes at random: an image whose rarest class has frequency f is kept with probability
 * min(1, c / f), so that a class above c is reduced to c images per N of the source, and one at or below c loses none
 * (random undersampling; Buda et al., arXiv 1710.05381). The tensors of dropped elements are disposed of. Call it
 * before `batch`.
 *
 * @example
 * ```ts
 * const dataset = tf.data.array(Array.from({length: 1000}, (_, i) => ({xs: [i], ys: i % 10 === 0 ? 1 : 0})));
 * const thinned = undersampleHead(dataset, {freqInfo: [0.9, 0.1], maxFrequency: 0.1});
 * const ys = (await thinned.toArray()).map((element) => element.ys);
 * console.log(ys.filter((y) => y === 1).length, ys.length < 250); // → 100 true
 * ```
 *
 * @param dataset Elements `{xs, ys}` of one image each, or anything with a `label` selector.
 * @throws ValueError for options of other names or values; the iterator throws it for batches and labels that cannot be
 *   read. Errors of the source are passed on unchanged.
 */
export function undersampleHead<D extends ElementSource>(dataset: D, options: UndersampleHeadOptions): D {
  requireDataset(dataset);
  checkOptions('undersampleHead', options, [
    'freqInfo',
    'maxFrequency',
    'keepBackground',
    'seed',
    ...LABEL_OPTIONS,
  ]);
  checkLabelOptions(options);
  const {freqInfo, maxFrequency, keepBackground = 1, seed = 0, label, labels} = options;
  if (!(typeof maxFrequency === 'number' && maxFrequency > 0 && maxFrequency <= 1)) {
    reject('maxFrequency', 'a frequency above 0 and up to 1', maxFrequency);
  }
  requireNumber('keepBackground', keepBackground, 0, 1);
  requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  const frequencies = frequenciesOf(freqInfo);
  const keepRate = (classes: readonly number[]) => {
    if (classes.length === 0) return keepBackground;
    return Math.min(1, maxFrequency / Math.min(...classes.map((j) => frequencies[j])));
  };
  return keepSome(dataset, {
    name: 'undersampleHead',
    seed,
    numClasses: frequencies.length,
    classNames: namesOf(freqInfo),
    keepRate,
    label,
    labels,
  });
}
