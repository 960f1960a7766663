import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import type {ClassFrequency} from './class_frequency';
import {ClassFrequencyCounter} from './class_frequency_counter';
import {type ClassFrequencyCounterArgs, COUNTER_OPTIONS} from './counter_options';
import {comesFromBatch} from './reading/batch_evidence';
import {disposeElement} from './reading/dispose_element';
import {type ElementSource, requireFinite} from './reading/element_source';

/** The progress of a pass: dataset elements (batches, if batched) and the images in them. */
export interface CountingProgress {
  /** Dataset elements consumed so far. */
  elements: number;
  /** Images counted so far. */
  images: number;
}

/** How `classFrequency` counts. */
export interface ClassFrequencyOptions extends ClassFrequencyCounterArgs {
  /** An upper limit for datasets of unknown size, which might be endless. More elements are an error. */
  maxElements?: number;
  /** Called after every 1,000 elements and at the end. */
  onProgress?: (progress: CountingProgress) => void;
}

const PROGRESS_INTERVAL = 1000;
const OPTIONS = [...COUNTER_OPTIONS, 'maxElements', 'onProgress'];

/**
 * Counts, in one pass over a dataset, the images that hold each class. Elements are `{xs, ys}`, or anything with a
 * `label` selector; see {@link LabelOptions} for the forms of labels. The tensors of each element are disposed of, as
 * `forEachAsync` does, and no element is kept.
 *
 * @example
 * ```ts
 * const freqInfo = await classFrequency(trainDataset, {numClasses: 100});
 * console.log(freqInfo.numImages); // → 120
 * ```
 *
 * @example Labels elsewhere in the element, several to an image
 * ```ts
 * const dataset = tf.data.array([{image: 'a.png', tags: [0, 2]}, {image: 'b.png', tags: [2]}, {image: 'c.png', tags: []}]);
 * const freqInfo = await classFrequency(dataset, {numClasses: 3, label: ({tags}) => tags, labels: 'list'});
 * console.log(freqInfo.imageCounts, freqInfo.numImages); // → Float64Array(3) [ 1, 0, 2 ] 3
 * ```
 *
 * @example Labels that are names
 * ```ts
 * const dataset = tf.data.array([{xs: [0.5], ys: 'owl'}, {xs: [0.1], ys: 'cat'}, {xs: [0.7], ys: 'owl'}]);
 * const freqInfo = await classFrequency(dataset, {classNames: ['cat', 'owl', 'yak']});
 * console.log(freqInfo.imageCounts); // → Float64Array(3) [ 1, 2, 0 ]
 * ```
 *
 * @param dataset A finite `tf.data.Dataset`, or anything with its `iterator()`.
 * @returns N_j and N of the pass.
 * @throws ValueError for an endless dataset (`repeat()`) and invalid or unknown options, before anything is consumed;
 *   for labels that are out of range, ambiguous or of another form than the first, names that `classNames` lacks (with
 *   the nearest one), more elements than `maxElements`, and a dataset without images.
 */
export async function classFrequency(
  dataset: ElementSource,
  options: ClassFrequencyOptions,
): Promise<ClassFrequency> {
  checkOptions('classFrequency', options, OPTIONS);
  const {maxElements, onProgress, ...counted} = options;
  requireFinite(dataset, 'count it before `repeat()`');
  const counter = new ClassFrequencyCounter(counted);
  if (maxElements !== undefined) requireInteger('maxElements', maxElements, 1);

  // Call `next` here, as forEachAsync adds two promises and another traversal per element.
  const iterator = await dataset.iterator();
  const fromBatch = comesFromBatch(iterator);
  let elements = 0;
  for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
    try {
      if (elements === maxElements) {
        reject('maxElements', 'at least the number of elements of the dataset, which goes on', maxElements);
      }
      const pending = counter.addElement(item.value, fromBatch);
      if (pending) await pending;
    } finally {
      disposeElement(item.value);
    }
    if (++elements % PROGRESS_INTERVAL === 0) onProgress?.({elements, images: counter.numImages});
  }
  if (counter.numImages === 0) reject('dataset', 'one that holds at least one image', []);
  if (elements % PROGRESS_INTERVAL !== 0) onProgress?.({elements, images: counter.numImages});
  return counter.snapshot();
}
