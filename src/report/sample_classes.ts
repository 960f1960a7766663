import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {requireStrings} from '../core/require_string';
import {classOfName, HOW_TO_MAP} from '../labels/class_names';

/** The class of each sample: integers, or names where the classes' names are known. */
export type SampleClasses = ArrayLike<number> | readonly string[];

/** The highest class that is taken for one where their number is not known: pictures count by tables of that length. */
const HIGHEST = 2 ** 24;

/** `classes`, if they are an array or a typed array. @throws ValueError naming the argument otherwise. */
export function requireClassList(argument: string, classes: unknown): ArrayLike<unknown> {
  const isList = Array.isArray(classes) || (ArrayBuffer.isView(classes) && 'length' in classes);
  return isList ? (classes as ArrayLike<unknown>) : reject(argument, 'an array of classes', classes);
}

/** @throws ValueError for what are no lists of classes, of different lengths, or empty. */
export function requirePairs(actual: unknown, predicted: unknown): void {
  const {length} = requireClassList('actual', actual);
  if (length === 0 || length !== requireClassList('predicted', predicted).length) {
    reject('predicted', `as many classes as there are labels, at least one (${length})`, predicted);
  }
}

/** `classNames`, if they are strings in an array, or undefined. @throws ValueError otherwise. */
export function requireClassNames(classNames: unknown): readonly string[] | undefined {
  return classNames === undefined ? undefined : requireStrings('classNames', classNames);
}

/**
 * Classes as integers.
 *
 * @param argument What the caller calls them, for messages.
 * @throws ValueError for names where none are known, one that is unknown (with the nearest one), a mix of both, and numbers
 *   that are no classes.
 */
export function classIntegers(
  argument: string,
  classes: SampleClasses,
  classNames: readonly string[] | undefined,
): ArrayLike<number> {
  if (typeof requireClassList(argument, classes)[0] !== 'string') {
    // Behind the last name stands background.
    const highest = classNames?.length ?? HIGHEST;
    for (let i = 0; i < classes.length; ++i) requireInteger(`${argument}[${i}]`, classes[i], 0, highest);
    return classes as ArrayLike<number>;
  }
  if (classNames === undefined) {
    reject(argument, `integers without \`classNames\` (${HOW_TO_MAP})`, classes);
  }
  const classOf = classOfName(classNames, argument);
  return Array.from<unknown, number>(classes, (name) =>
    typeof name === 'string' ? classOf(name) : reject(argument, 'names throughout', name),
  );
}
