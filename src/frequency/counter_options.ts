import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import type {LabelOptions} from './reading/element_form';
import type {LabelSelector} from './reading/element_source';

/** What to count, and how to read labels. */
export interface ClassFrequencyCounterArgs extends LabelOptions {
  /** C: the number of classes, without background. Default: the number of classNames. */
  numClasses?: number;
  /** Distinct names of the classes, in index order, which labels may be instead of integers. */
  classNames?: readonly string[];
  /** Selects the labels in a dataset element. Default: `element.ys`. */
  label?: LabelSelector;
}

/** Names of the options. */
export const COUNTER_OPTIONS = ['numClasses', 'classNames', 'label', 'labels', 'batched', 'ignoreLabel'];

/** The JSON form of a `ClassFrequencyCounter`. */
export interface ClassFrequencyCounterJSON extends Omit<LabelOptions, 'ignoreLabel'> {
  /** The integer label that does not count, if given. */
  ignore_label?: number;
  /** C. */
  num_classes: number;
  /** N so far. */
  num_images: number;
  /** N_j so far, `[numClasses]`. */
  image_counts: number[];
  /** Names of the classes, if given. */
  class_names?: string[];
}

/** Converts the given options to the form of `ClassFrequencyCounterJSON`. */
export function labelOptionsToJSON({labels, batched, ignoreLabel}: LabelOptions) {
  return {
    ...(labels !== undefined && {labels}),
    ...(batched !== undefined && {batched}),
    ...(ignoreLabel !== undefined && {ignore_label: ignoreLabel}),
  };
}

/**
 * @throws ValueError for invalid JSON of a counter, before memory is allocated for the number of classes that it
 *   claims.
 */
export function checkCounterJSON(json: ClassFrequencyCounterJSON): void {
  if (typeof json !== 'object' || json === null) {
    reject('json', 'an object, what ClassFrequencyCounter.toJSON wrote', json);
  }
  const {num_classes: numClasses, num_images: numImages, image_counts: imageCounts} = json;
  requireInteger('num_images', numImages, 0);
  if (!Array.isArray(imageCounts)) reject('image_counts', 'an array of num_classes integers', imageCounts);
  requireInteger('image_counts.length', imageCounts.length, numClasses, numClasses);
  imageCounts.forEach((count, j) => {
    requireInteger(`image_counts[${j}]`, count, 0, numImages);
  });
}
