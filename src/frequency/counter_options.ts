import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import type {LabelOptions} from './reading/element_form';
import type {LabelSelector} from './reading/element_source';

/** What is to be counted, and how labels are to be read. */
export interface ClassFrequencyCounterArgs extends LabelOptions {
  /** C: the number of classes, without background. Default: the number of classNames. */
  numClasses?: number;
  /** Names of the classes, each once, in index order: what labels may be in place of integers. */
  classNames?: readonly string[];
  /** Selects the labels in a dataset element. Default: `element.ys`. */
  label?: LabelSelector;
}

/** Their names. */
export const COUNTER_OPTIONS = ['numClasses', 'classNames', 'label', 'labels', 'batched', 'ignoreLabel'];

/** What `ClassFrequencyCounter.toJSON` writes. */
export interface ClassFrequencyCounterJSON extends Omit<LabelOptions, 'ignoreLabel'> {
  /** The integer label that does not count, where one was given. */
  ignore_label?: number;
  /** C. */
  num_classes: number;
  /** N so far. */
  num_images: number;
  /** N_j so far, `[numClasses]`. */
  image_counts: number[];
  /** Names of the classes, where they were given. */
  class_names?: string[];
}

/** Those of the options that were given, as `ClassFrequencyCounterJSON` has them. */
export function labelOptionsToJSON({labels, batched, ignoreLabel}: LabelOptions) {
  return {
    ...(labels !== undefined && {labels}),
    ...(batched !== undefined && {batched}),
    ...(ignoreLabel !== undefined && {ignore_label: ignoreLabel}),
  };
}

/** @throws ValueError for what is no JSON of a counter, before memory is taken for as many classes as it says. */
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
