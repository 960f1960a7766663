import {reject} from '../core/errors';
import {classOfName, HOW_TO_MAP} from '../labels/class_names';

/** The class of each sample: integers, or names where the classes' names are known. */
export type SampleClasses = ArrayLike<number> | readonly string[];

/**
 * Classes as integers.
 *
 * @param argument What the caller calls them, for messages.
 * @throws ValueError for names where none are known, one that is unknown (with the nearest one), and a mix of both.
 */
export function classIntegers(
  argument: string,
  classes: SampleClasses,
  classNames: readonly string[] | undefined,
): ArrayLike<number> {
  const {0: first} = classes;
  if (typeof first !== 'string') return classes as ArrayLike<number>;
  if (classNames === undefined) {
    reject(argument, `integers without \`classNames\` (${HOW_TO_MAP})`, classes);
  }
  const classOf = classOfName(classNames, argument);
  return Array.from<unknown, number>(classes, (name) =>
    typeof name === 'string' ? classOf(name) : reject(argument, 'names throughout', name),
  );
}
