import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {type ClassOfName, classOfName} from '../labels/class_names';
import {ClassFrequency} from './class_frequency';

/** A row of `SELECT class, COUNT(DISTINCT image) AS imageCount … GROUP BY class`. */
export interface ClassCountRow {
  /**
   * Its index in 0 … C − 1 (also as a decimal string), or its name if `classNames` are given. With one class, 1 is that
   * class and 0 is none.
   */
  class: number | bigint | string;
  /** The number of images that hold it. Drivers return 64-bit counts as bigint or decimal string. */
  imageCount: number | bigint | string;
}

/** The number of images of each class, by name or by index. */
export type CountsByClass = Readonly<Record<string, ClassCountRow['imageCount']>>;

/** What rows of counts do not tell themselves. */
export interface FreqInfoFromCountsOptions {
  /** N: the number of all images, including those without any class. */
  numImages: number | bigint | string;
  /**
   * C. Default: the number of classNames, or else the largest index + 1. `GROUP BY` has no row for a class without
   * images, so pass it if the last classes may have none.
   */
  numClasses?: number;
  /** Names of the classes, in index order. */
  classNames?: readonly string[];
}

// A single row with a wrong index would reserve gigabytes.
const MOST_UNSAID = 1e6;
const ROOM = 10;

/**
 * Makes class frequencies from rows counted by a database or Spark, for data too large for one machine. A class without
 * a row has no images.
 *
 * @example
 * ```ts
 * const rows = [
 *   {class: 'owl', imageCount: 40n}, // bigint, string or number, as the driver gives them
 *   {class: 'cat', imageCount: '600'},
 * ];
 * const freqInfo = freqInfoFromCounts(rows, {numImages: 1000, classNames: ['cat', 'owl', 'yak']});
 * console.log(freqInfo.imageCounts); // → Float64Array(3) [ 600, 40, 0 ]
 * ```
 *
 * @example One class, as in a model with one logit: 1 is a positive
 * ```ts
 * const rows = [
 *   {class: 0, imageCount: 998},
 *   {class: 1, imageCount: 2},
 * ];
 * const freqInfo = freqInfoFromCounts(rows, {numImages: 1000, numClasses: 1});
 * console.log(freqInfo.imageCounts); // → Float64Array(1) [ 2 ]
 * ```
 *
 * @example Counts by name
 * ```ts
 * const freqInfo = freqInfoFromCounts({owl: 40, cat: 600}, {numImages: 1000, classNames: ['cat', 'owl', 'yak']});
 * console.log(freqInfo.imageCounts); // → Float64Array(3) [ 600, 40, 0 ]
 * ```
 *
 * @param rows Any iterable of rows; await those of a cursor or stream first. Or an object with the count of each class.
 * @throws ValueError for unknown options, unknown or repeated classes, and counts that are not integers in 0 …
 *   numImages; with one class, for a row of 0 without one of 1 (0 may be meant as the class's index); without
 *   numClasses, for an index beyond a million classes most of which have no rows.
 */
export function freqInfoFromCounts(
  rows: Iterable<ClassCountRow> | CountsByClass,
  options: FreqInfoFromCountsOptions,
): ClassFrequency {
  const given = rowsOf(rows);
  checkOptions('freqInfoFromCounts', options, ['numImages', 'numClasses', 'classNames']);
  const {classNames} = options;
  const numImages = toInteger('numImages', options.numImages, 1);
  const limit = options.numClasses ?? classNames?.length;
  if (limit !== undefined) requireInteger('numClasses', limit, 1);
  if (classNames && classNames.length !== limit) {
    reject('numClasses', `${classNames.length}, as many as classNames`, limit);
  }
  const indexOfName = classNames && classOfName(classNames, 'class');

  const counts = new Map<number, number>();
  for (const row of given) {
    if (row?.class == null || row.imageCount == null) reject('rows', 'of the form {class, imageCount}', row);
    const index = indexOf(row.class, indexOfName, limit);
    if (counts.has(index)) reject('rows', 'one for each class; a class is repeated', row.class);
    counts.set(index, toInteger(`imageCount of class ${row.class}`, row.imageCount, 0, numImages));
  }
  if (counts.has(NEGATIVE) && !counts.has(0)) {
    reject('rows', 'of class 1 (the one class) beside 0 (none), for numClasses = 1', [...counts.values()]);
  }
  const numClasses = limit ?? [...counts.keys()].reduce((most, index) => Math.max(most, index), -1) + 1;
  if (limit === undefined && numClasses > Math.max(MOST_UNSAID, counts.size * ROOM)) {
    reject(
      'class',
      `an index of one of the classes; say \`numClasses\` where ${numClasses} is right`,
      numClasses - 1,
    );
  }
  if (numClasses === 0) reject('rows', 'at least one row, where numClasses is not given', []);
  const imageCounts = new Float64Array(numClasses);
  for (const [index, count] of counts) if (index !== NEGATIVE) imageCounts[index] = count;
  return new ClassFrequency({imageCounts, numImages, classNames});
}

function rowsOf(given: Iterable<ClassCountRow> | CountsByClass): Iterable<ClassCountRow> {
  const rows = given as Iterable<ClassCountRow>;
  if (rows?.[Symbol.iterator]) return rows;
  const counts = Object.entries(given ?? {}).map(([name, imageCount]) => ({class: name, imageCount}));
  // A single row is not a count of two classes with these names.
  if (counts.length === 0 || 'imageCount' in given) {
    reject('rows', 'an iterable of {class, imageCount}, or counts by class', given);
  }
  return counts;
}

/** The index of class 0 if there is only one class, 1. */
const NEGATIVE = -1;

function indexOf(
  name: ClassCountRow['class'],
  indexOfName: ClassOfName | undefined,
  limit: number | undefined,
): number {
  if (typeof name !== 'string' || !indexOfName) {
    if (limit === 1) return toInteger('class', name, 0, 1) === 1 ? 0 : NEGATIVE;
    return toInteger('class', name, 0, limit === undefined ? undefined : limit - 1);
  }
  return indexOfName(name);
}

function toInteger(argument: string, value: unknown, min: number, max?: number): number {
  const isDecimal = typeof value === 'bigint' || (typeof value === 'string' && /^\d+$/.test(value));
  const number = isDecimal ? Number(value) : value;
  if (typeof number === 'string') reject(argument, 'an integer (names of classes need `classNames`)', value);
  return requireInteger(argument, number, min, max);
}
