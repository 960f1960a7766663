import {dirname, resolve} from 'node:path';
import {reject, show, ValueError} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {classIndices} from './class_indices';
import {FileReader} from './file_reader';
import {fileOptions, type ImageFileOptions} from './image_options';
import {type LabeledSplits, labeledSplits} from './labeled_splits';
import {type Row, readRows} from './read_rows';
import {checkShares, type Split, type SplitShares, splitOfName, stratifiedSplit} from './splits';

/** Options of `imageList`. */
export interface ImageListOptions extends ImageFileOptions {
  /** Share of each class to set aside. Default: none. Not allowed if the list has a split column. */
  split?: SplitShares;
  /** Names of the classes in index order. Default: the labels, numbers in numerical order, names sorted. */
  classNames?: readonly string[];
  /** Names of the columns. Default: `path`, `label` and `split`. */
  columns?: {
    /** Path of the image. */
    path?: string;
    /** Name or index of its class. */
    label?: string;
    /** `train`, `validation` or `test`. */
    split?: string;
  };
  /** The folder that paths are relative to. Default: that of the list. */
  root?: string;
}

const OPTIONS = ['split', 'classNames', 'columns', 'root'];

/**
 * Images listed in a file: CSV with the columns `path`, `label` and, if already split, `split` (read by `csv-parse`, an
 * optional peer), or one JSON object with these keys per line. Labels are class names, or indices in 0 … C − 1.
 *
 * @param file A .csv, .tsv, .jsonl or .ndjson file. CSV needs no header.
 * @throws ValueError naming the row that has no path or label, an unknown split, or a label that `classNames` lacks;
 *   for options that are unknown or out of range.
 */
export async function imageList(file: string, options: ImageListOptions): Promise<LabeledSplits> {
  const {shape, fit, cacheBytes, batching} = fileOptions('imageList', options, OPTIONS);
  const shares = checkShares(options.split);
  const seed = requireInteger('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER);
  const {path = 'path', label = 'label', split = 'split'} = options.columns ?? {};
  const rows = readRows(file, [path, label, split]);
  const root = options.root ?? dirname(file);
  const textOf = (row: Row, column: string, i: number) => {
    const value = row[column];
    if (typeof value === 'string' && value !== '') return value;
    if (Number.isInteger(value)) return String(value);
    throw new ValueError(
      `Expected row ${i + 1} of ${file} to have a \`${column}\`. Received: ${show(value)}`,
    );
  };
  const files = rows.map((row, i) => resolve(root, textOf(row, path, i)));
  const given = splitsOf(rows, split, file);
  if (given && options.split) reject('split', `left out, as ${file} has splits already`, options.split);
  const names = rows.map((row, i) => textOf(row, label, i));
  const {classNames, labels} = named(names, options.classNames, (i) => `row ${i + 1} of ${file}`);
  const splits = given ?? stratifiedSplit(labels, classNames.length, shares, seed);
  const reader = new FileReader(files, shape, fit, cacheBytes);
  return labeledSplits({reader, labels, classNames, splits, batching});
}

/** Reads labels as indices if all of them are. */
function named(
  labels: readonly string[],
  classNames: readonly string[] | undefined,
  nameOf: (i: number) => string,
) {
  if (!labels.every((label) => /^\d{1,7}$/.test(label)) || classNames?.includes(labels[0])) {
    return classIndices(labels, classNames, nameOf);
  }
  const indices = labels.map(Number);
  const numClasses = classNames?.length ?? indices.reduce((most, index) => Math.max(most, index), 0) + 1;
  const names = classNames ?? Array.from({length: numClasses}, (_, j) => String(j));
  return classIndices(
    indices.map(
      (index, i) => names[index] ?? reject('label', `an index < ${numClasses} (${nameOf(i)})`, index),
    ),
    names,
    nameOf,
  );
}

function splitsOf(rows: readonly Row[], column: string, file: string): Split[] | undefined {
  if (rows.every((row) => row[column] == null || row[column] === '')) return undefined;
  return rows.map((row, i) => {
    const value = row[column];
    const split = typeof value === 'string' ? splitOfName(value) : undefined;
    if (split !== undefined) return split;
    throw new ValueError(
      `Expected row ${i + 1} of ${file} to have a \`${column}\`: train, validation or test. Received: ${show(value)}`,
    );
  });
}
