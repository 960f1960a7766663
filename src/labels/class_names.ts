import {Tensor} from '@tensorflow/tfjs-core';
import {nearestOf} from '../core/check_options';
import {reject, show, ValueError} from '../core/errors';

/** The class of a name. Throws a ValueError for a name of none, with the nearest one that there is. */
export type ClassOfName = (name: string) => number;

/**
 * Finds classes by their names.
 *
 * @param argument What names are called in messages. Default: `labels`.
 * @throws ValueError where `distinctNames` does.
 */
export function classOfName(classNames: readonly string[], argument = 'labels'): ClassOfName {
  const places = new Map(distinctNames(classNames).map((name, j) => [name, j]));
  return (name) =>
    places.get(name) ?? reject(argument, `one of classNames${nearestHint(name, classNames)}`, name);
}

/**
 * Names of classes, each of another class: with one name for two, neither reports nor labels could tell them apart.
 *
 * @param expectation What they should be, for messages.
 * @param argument What they are called in messages.
 * @throws ValueError for what are no strings, for none, and for a name that comes twice, naming it.
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

/** What to say behind an unknown name: the nearest known one, if there is one that is near. */
export function nearestHint(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known);
  return nearest === undefined ? '' : ` (did you mean ${show(nearest)}?)`;
}

/**
 * Labels that are names as the integers that losses and metrics take: the place of each in `classNames`. For data with
 * background, put its name behind those of the C classes: it becomes C.
 *
 * @example
 * ```ts
 * const classNames = ['cat', 'owl', 'yak'];
 * console.log(labelsToIndices(['owl', 'yak', 'owl'], classNames)); // → Int32Array(3) [ 1, 2, 1 ]
 * const named = tf.data.array([{xs: [0.5], ys: 'yak'}, {xs: [0.1], ys: 'cat'}]);
 * const numbered = named.map(({xs, ys}) => ({xs, ys: labelsToIndices([ys], classNames)[0]}));
 * ```
 *
 * @param labels Names, or a string tensor of any shape, which is read synchronously and not disposed.
 * @param classNames Names of two classes or more, in index order.
 * @returns As many integers as labels, in their order.
 * @throws ValueError for a name that `classNames` does not have, with the nearest one; for fewer than two names, of which
 *   1 and 0 mean positive and negative; for labels that are no names.
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

/** How to go on where numbers are needed and names came, for messages. */
export const HOW_TO_MAP = 'labelsToIndices maps names';
