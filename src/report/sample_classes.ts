import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {requireStrings} from '../core/require_string';
import {classOfName, HOW_TO_MAP} from '../labels/class_names';

/** The class of each sample: integers, or names if the classes' names are known. */
export type SampleClasses = ArrayLike<number> | readonly string[];

/** The highest class accepted if their number is unknown: pictures count in tables of that length. */
const HIGHEST = 2 ** 24;

/** Returns `classes` if it is an array or a typed array. @throws ValueError naming the argument otherwise. */
export function requireClassList(argument: string, classes: unknown): ArrayLike<unknown> {
  const isList = Array.isArray(classes) || (ArrayBuffer.isView(classes) && 'length' in classes);
  return isList ? (classes as ArrayLike<unknown>) : reject(argument, 'an array of classes', classes);
}

/** @throws ValueError for anything but two nonempty lists of classes of the same length. */
export function requirePairs(actual: unknown, predicted: unknown): void {
  const {length} = requireClassList('actual', actual);
  if (length === 0 || length !== requireClassList('predicted', predicted).length) {
    reject('predicted', `as many classes as there are labels, at least one (${length})`, predicted);
  }
}

/** Returns `classNames` if it is an array of strings or undefined. @throws ValueError otherwise. */
export function requireClassNames(classNames: unknown): readonly string[] | undefined {
  return classNames === undefined ? undefined : requireStrings('classNames', classNames);
}

/**
 * Converts classes to integers.
 *
 * @param argument The caller's name for them, for messages.
 * @throws ValueError for names if none are known, an unknown name (with the nearest one), a mix of names and numbers,
 *   and numbers that are not classes.
 */
export function classIntegers(
  argument: string,
  classes: SampleClasses,
  classNames: readonly string[] | undefined,
): ArrayLike<number> {
  if (typeof requireClassList(argument, classes)[0] !== 'string') {
    // Background follows the last name.
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
