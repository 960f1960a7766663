import {readdirSync, statSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {reject, ValueError} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {classIndices} from './class_indices';
import {FileReader} from './file_reader';
import {fileOptions, type ImageFileOptions} from './image_options';
import {type LabeledSplits, labeledSplits} from './labeled_splits';
import {checkShares, type Split, type SplitShares, splitOfName, stratifiedSplit} from './splits';

/** How a folder of images is read. */
export interface ImageFolderOptions extends ImageFileOptions {
  /** Which share of each class to set aside. Default: none. Not for a folder that is split already. */
  split?: SplitShares;
  /** Names of the classes in index order, where some may have no folder. Default: the folders' names, sorted. */
  classNames?: readonly string[];
}

const IMAGE = /\.(jpe?g|png|webp)$/i;

/**
 * Images in a folder for each class (`cats/1.jpg`, `owls/2.png`, deeper ones too), jpeg, png or webp. What lies in
 * `train/`, `val/` and `test/` is split already. Only names are read at once: classes and frequencies are known before the
 * first image is decoded (by `sharp`, an optional peer).
 *
 * ```js
 * const {train, validation, freqInfo} = await imageFolder('animals', {imageSize: 64, split: {validation: 0.1}});
 * model.compile({optimizer: 'adam', loss: new LogitAdjustedLoss({freqInfo})});
 * await model.fitDataset(train, {epochs: 5, validationData: validation});
 * ```
 *
 * @param path The folder.
 * @throws ValueError for a folder that is missing or has fewer than two classes, one that `classNames` does not have, and
 *   options that are unknown or out of range.
 */
export async function imageFolder(path: string, options: ImageFolderOptions): Promise<LabeledSplits> {
  const {shape, fit, cacheBytes, batching} = fileOptions('imageFolder', options, ['split', 'classNames']);
  const shares = checkShares(options.split);
  const seed = requireInteger('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER);
  const {files, names, given} = imagesIn(path);
  if (given && options.split) reject('split', `left out, as ${path} is split already`, options.split);
  const {classNames, labels} = classIndices(names, options.classNames, (i) => files[i]);
  const splits = given ?? stratifiedSplit(labels, classNames.length, shares, seed);
  const reader = new FileReader(files, shape, fit, cacheBytes);
  return labeledSplits({reader, labels, classNames, splits, batching});
}

interface FoundImages {
  files: string[];
  /** The class of each. */
  names: string[];
  /** The split of each, where the folder has them. */
  given?: Split[];
}

function imagesIn(path: string): FoundImages {
  if (typeof path !== 'string') reject('path', 'a folder', path);
  const folders = foldersIn(path);
  const splits = folders.map(splitOfName);
  const isSplit = splits.includes('train') && splits.every((split) => split !== undefined);
  const roots = isSplit
    ? folders.map((name, i) => ({root: join(path, name), split: splits[i]}))
    : [{root: path}];
  const found = roots.flatMap(({root, split}: {root: string; split?: Split}) =>
    foldersIn(root).flatMap((name) => filesBelow(join(root, name)).map((file) => ({file, name, split}))),
  );
  if (found.length === 0) {
    throw new ValueError(
      `Expected \`path\` to be a folder that has a folder of jpeg, png or webp images for each class. Received: ${path}`,
    );
  }
  return {
    files: found.map(({file}) => file),
    names: found.map(({name}) => name),
    ...(isSplit && {given: found.map(({split}) => split as Split)}),
  };
}

function foldersIn(path: string): string[] {
  const stat = statSync(path, {throwIfNoEntry: false});
  if (!stat?.isDirectory()) reject('path', 'a folder', path);
  return readdirSync(path)
    .filter((name) => !name.startsWith('.') && statSync(join(path, name)).isDirectory())
    .sort();
}

/** Images in a folder and those below, in an order that no file system changes. */
function filesBelow(path: string): string[] {
  const all = readdirSync(path, {recursive: true, encoding: 'utf8'}).map((name) => join(path, name));
  const isHidden = (file: string) =>
    relative(path, file)
      .split(sep)
      .some((part) => part.startsWith('.'));
  return all.filter((file) => IMAGE.test(file) && !isHidden(file)).sort();
}
