import {resolve} from 'node:path';
import {
  type ImageFolderOptions,
  inOrder,
  type LabeledDataset,
  type LabeledSplits,
  openDataset,
  type UnreadableImage,
} from '../io/datasets';
import {EmptyClassError} from '../io/datasets/empty_class_error';
import {CommandError} from './exit';
import type {DataFlags} from './flags';
import {tell} from './output';

/** How data was read, saved with a model so that its test split can be reproduced. */
export interface DataRecord {
  /** Its path. */
  path: string;
  image_size: number | [number, number];
  channels: 1 | 3;
  /** Shares of each class, if the data was not already split. */
  split?: {validation: number; test: number};
  seed: number;
}

const DEFAULT_SIZE = 64;
const DEFAULT_SHARE = 0.1;

/** Opens training data, with its own split or the one the flags ask for. */
export async function openTraining(
  path: string,
  flags: DataFlags,
  {batchSize, size}: {batchSize: number; size?: [number, number]},
): Promise<{splits: LabeledSplits; record: DataRecord}> {
  const imageSize = size ?? flags.imageSize ?? DEFAULT_SIZE;
  const {seed, strict, allowEmpty} = flags;
  const channels = flags.channels as 1 | 3;
  const options = {imageSize, channels, seed, strict, allowEmpty, batchSize};
  const record = {path: resolve(path), image_size: imageSize, channels, seed};
  const saysSplit = flags.validation !== undefined || flags.test !== undefined;
  const asItIs = saysSplit ? undefined : await openImages(path, options);
  if (asItIs && (asItIs.validation || asItIs.test)) return {splits: asItIs, record};
  const split = {validation: flags.validation ?? DEFAULT_SHARE, test: flags.test ?? DEFAULT_SHARE};
  return {splits: await openImages(path, {...options, split}), record: {...record, split}};
}

/** Opens data. @throws CommandError for classes without images, unless allowed. */
export async function openImages(path: string, options: ImageFolderOptions): Promise<LabeledSplits> {
  try {
    return await openDataset(path, options);
  } catch (error) {
    if (!(error instanceof EmptyClassError)) throw error;
    throw new CommandError(new EmptyClassError(error.path, error.empty, '--allow-empty').message);
  }
}

/** Reopens the data of `record` with the same classes, including those whose folder is now empty. */
export function reopen(
  record: DataRecord,
  classNames: readonly string[],
  more: {batchSize?: number; strict?: boolean} = {},
): Promise<LabeledSplits> {
  const {path, image_size: imageSize, channels, split, seed} = record;
  return openDataset(path, {imageSize, channels, split, seed, classNames, allowEmpty: true, ...more});
}

/** The whole dataset in its own order, for predictions. */
export function asGiven(dataset: LabeledDataset): LabeledDataset {
  return dataset.subset(Array.from(dataset.labels.keys()), {sampler: inOrder});
}

const MOST_NAMED = 5;

/** Reports which classes have no images in parts of the data. */
export function tellEmpty(parts: Record<string, LabeledDataset | undefined>): void {
  for (const [part, dataset] of Object.entries(parts)) {
    const empty = dataset?.classNames.filter((_, j) => dataset.freqInfo.imageCounts[j] === 0) ?? [];
    if (empty.length === 0) continue;
    const more = empty.length > MOST_NAMED ? `, … ${empty.length - MOST_NAMED} more` : '';
    tell(`${part}: no images of ${empty.slice(0, MOST_NAMED).join(', ')}${more}`);
  }
}

/** Reports which images could not be read. */
export function tellUnreadable(unreadable: readonly UnreadableImage[]): void {
  if (unreadable.length === 0) return;
  tell(`${unreadable.length} images could not be read and were left out:`);
  for (const {name, reason} of unreadable.slice(0, MOST_NAMED)) tell(`  ${name}: ${reason}`);
  if (unreadable.length > MOST_NAMED) tell(`  … ${unreadable.length - MOST_NAMED} more`);
}
