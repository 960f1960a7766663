import {distinctNames} from '../labels/class_names';

/**
 * Names of the classes, in index order; undefined unless all categories have one.
 *
 * @param categories By ascending id.
 * @throws ValueError naming a name that two of them have.
 */
export function categoryNames(
  categories: readonly {readonly name?: string}[],
): readonly string[] | undefined {
  const names = categories.flatMap(({name}) => name ?? []);
  if (names.length < categories.length || names.length === 0) return undefined;
  return distinctNames(names, 'strings without repetition', 'categories[].name');
}
