import {Tensor} from '@tensorflow/tfjs-core';
import {nearestOf} from '../core/check_options';
import {reject, show, ValueError} from '../core/errors';

/** Maps a name to its class. Throws a ValueError for an unknown name, with the nearest known one. */
export type ClassOfName = (name: string) => number;

/**
 * Builds a lookup of classes by name.
 *
 * @param argument The name of the labels in messages. Default: `labels`.
 * @throws ValueError as `distinctNames` does.
 */
export function classOfName(classNames: readonly string[], argument = 'labels'): ClassOfName {
  const places = new Map(distinctNames(classNames).map((name, j) => [name, j]));
  return (name) =>
    places.get(name) ?? reject(argument, `one of classNames${nearestHint(name, classNames)}`, name);
}

/**
 * Returns class names if each is unique: if two classes shared one, neither reports nor labels could tell them apart.
 *
 * @param expectation What they should be, for messages.
 * @param argument Their name in messages.
 * @throws ValueError unless they are strings, for none, and for a repeated name, naming it.
 */
export function distinctNames(
  names: unknown,
  expectation = 'an array of strings without repetition',
  argument = 'classNames',
): readonly string[] {
  if (!areStrings(names) || names.length === 0) return reject(argument, expectation, names);
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice === undefined) return names;
  throw new ValueError(`Expected \`${argument}\` to be ${expectation}. Received: ${show(twice)} twice`);
}

/** The hint after an unknown name: the nearest known one, if one is near. */
export function nearestHint(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known);
  return nearest === undefined ? '' : ` (did you mean ${show(nearest)}?)`;
}

/**
 * Converts labels that are names to the integers that losses and metrics accept: the index of each in `classNames`. For
 * data with background, append its name to those of the C classes: it becomes C.
 *
 * @example
 * ```ts
 * const classNames = ['cat', 'owl', 'yak'];
 * console.log(labelsToIndices(['owl', 'yak', 'owl'], classNames)); // → Int32Array(3) [ 1, 2, 1 ]
 * const named = tf.data.array([{xs: [0.5], ys: 'yak'}, {xs: [0.1], ys: 'cat'}]);
 * const numbered = named.map(({xs, ys}) => ({xs, ys: labelsToIndices([ys], classNames)[0]}));
 * ```
 *
 * @param labels Names, or a string tensor of any shape, which is read synchronously and not disposed of.
 * @param classNames Names of at least two classes, in index order.
 * @returns As many integers as labels, in the same order.
 * @throws ValueError for a name that `classNames` lacks, with the nearest one; for fewer than two names, as labels 1
 *   and 0 would mean positive and negative; for labels that are not names.
 */
export function labelsToIndices(
  labels: readonly string[] | Tensor,
  classNames: readonly string[],
): Int32Array {
  const indexOf = classOfName(classNames);
  if (classNames.length < 2) reject('classNames', 'the names of two classes or more', classNames);
  const names = labels instanceof Tensor ? labels.dataSync() : labels;
  if (!areStrings(names)) reject('labels', 'an array or tensor of names', labels);
  return Int32Array.from(names, indexOf);
}

/** Whether these are strings in an array. */
export function areStrings(values: unknown): values is readonly string[] {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}

/** The remedy if names are given where numbers are needed, for messages. */
export const HOW_TO_MAP = 'labelsToIndices maps names';
