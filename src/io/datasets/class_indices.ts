import {reject, show, ValueError} from '../../core/errors';
import {distinctNames, nearestHint} from '../../labels/class_names';

/** @throws ValueError for anything but the distinct names of at least two classes. */
export function checkClassNames(classNames: unknown): readonly string[] {
  const expectation = 'the names of two classes or more, each once';
  const names = distinctNames(classNames, expectation);
  if (names.length < 2) reject('classNames', expectation, classNames);
  return Object.freeze([...names]);
}

/**
 * The class of each label: its index in `classNames`, or among the sorted distinct labels.
 *
 * @param nameOf Names a label's image, for messages.
 * @throws ValueError for a label that `classNames` lacks, and for fewer than two classes.
 */
export function classIndices(
  labels: readonly string[],
  classNames: readonly string[] | undefined,
  nameOf: (index: number) => string,
): {classNames: readonly string[]; labels: Int32Array} {
  const names = classNames ? checkClassNames(classNames) : Object.freeze([...new Set(labels)].sort());
  if (names.length < 2) {
    throw new ValueError(`Expected images of two classes or more. Received: ${show(names)}`);
  }
  const indexOf = new Map(names.map((name, j) => [name, j]));
  const indices = Int32Array.from(labels, (label, i) => {
    const index = indexOf.get(label);
    if (index !== undefined) return index;
    throw new ValueError(
      `Expected labels that \`classNames\` has. Received: ${show(label)} (${nameOf(i)})${nearestHint(label, names)}`,
    );
  });
  return {classNames: names, labels: indices};
}
