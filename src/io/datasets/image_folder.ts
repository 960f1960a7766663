import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {classIndices} from './class_indices';
import {EmptyClassError} from './empty_class_error';
import {FileReader} from './file_reader';
import {fileOptions, type ImageFileOptions} from './image_options';
import {imagesIn} from './images_in_folders';
import {type LabeledSplits, labeledSplits} from './labeled_splits';
import {checkShares, type SplitShares, stratifiedSplit} from './splits';

/** Options of `imageFolder`. */
export interface ImageFolderOptions extends ImageFileOptions {
  /** Share of each class to set aside. Default: none. Not allowed if the folder is already split. */
  split?: SplitShares;
  /** Names of the classes in index order; some may have no folder. Default: the folders' names, sorted. */
  classNames?: readonly string[];
  /** Whether a class may have no images (no training images if the folder is already split). Default: false. */
  allowEmpty?: boolean;
}

const OPTIONS = ['split', 'classNames', 'allowEmpty'];

/**
 * Jpeg, png or webp images in one folder per class (`cats/1.jpg`, `owls/2.png`, subfolders included). Folders `train/`,
 * `val/` and `test/` are read as a given split. Only names are read up front: classes and frequencies are known before
 * the first image is decoded (by `sharp`, an optional peer).
 *
 * ```js
 * const {train, validation, freqInfo} = await imageFolder('animals', {imageSize: 64, split: {validation: 0.1}});
 * model.compile({optimizer: 'adam', loss: new LogitAdjustedLoss({freqInfo})});
 * await model.fitDataset(train, {epochs: 5, validationData: validation});
 * ```
 *
 * @param path The folder. Names that begin with a dot are skipped.
 * @throws ValueError for a folder that is missing or has fewer than two classes, a class that `classNames` lacks, a
 *   class without images unless `allowEmpty` is true, and options that are unknown or out of range.
 */
export async function imageFolder(path: string, options: ImageFolderOptions): Promise<LabeledSplits> {
  const {shape, fit, cacheBytes, batching} = fileOptions('imageFolder', options, OPTIONS);
  const {allowEmpty = false} = options;
  if (typeof allowEmpty !== 'boolean') reject('allowEmpty', 'true or false', allowEmpty);
  const shares = checkShares(options.split);
  const seed = requireInteger('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER);
  const {files, names, given, empty} = imagesIn(path);
  if (empty.length > 0 && !allowEmpty) throw new EmptyClassError(path, empty);
  if (given && options.split) reject('split', `left out, as ${path} is split already`, options.split);
  // Classes without images come last, so that their names are checked too.
  const all = [...names, ...empty.flatMap(({name}) => name ?? [])];
  const known = classIndices(all, options.classNames, (i) => files[i] ?? path);
  const {classNames} = known;
  const labels = known.labels.subarray(0, files.length);
  const splits = given ?? stratifiedSplit(labels, classNames.length, shares, seed);
  const reader = new FileReader(files, shape, fit, cacheBytes);
  return labeledSplits({reader, labels, classNames, splits, batching});
}
