import {resolve} from 'node:path';
import {
  inOrder,
  type LabeledDataset,
  type LabeledSplits,
  openDataset,
  type UnreadableImage,
} from '../io/datasets';
import type {DataFlags} from './flags';
import {tell} from './output';

/** How data is read: kept with a model, so that its test is the same again. */
export interface DataRecord {
  /** Where it was. */
  path: string;
  image_size: number | [number, number];
  channels: 1 | 3;
  /** Shares of each class, where the data was not split already. */
  split?: {validation: number; test: number};
  seed: number;
}

const DEFAULT_SIZE = 64;
const DEFAULT_SHARE = 0.1;

/** Opens data to train on: split as it is, or as the flags say. */
export async function openTraining(
  path: string,
  flags: DataFlags,
  {batchSize, size}: {batchSize: number; size?: [number, number]},
): Promise<{splits: LabeledSplits; record: DataRecord}> {
  const imageSize = size ?? flags.imageSize ?? DEFAULT_SIZE;
  const {seed, strict} = flags;
  const channels = flags.channels as 1 | 3;
  const options = {imageSize, channels, seed, strict, batchSize};
  const record = {path: resolve(path), image_size: imageSize, channels, seed};
  const saysSplit = flags.validation !== undefined || flags.test !== undefined;
  const asItIs = saysSplit ? undefined : await openDataset(path, options);
  if (asItIs && (asItIs.validation || asItIs.test)) return {splits: asItIs, record};
  const split = {validation: flags.validation ?? DEFAULT_SHARE, test: flags.test ?? DEFAULT_SHARE};
  return {splits: await openDataset(path, {...options, split}), record: {...record, split}};
}

/** Opens what `record` says once more, with the same classes. */
export function reopen(
  record: DataRecord,
  classNames: readonly string[],
  more: {batchSize?: number; strict?: boolean} = {},
): Promise<LabeledSplits> {
  const {path, image_size: imageSize, channels, split, seed} = record;
  return openDataset(path, {imageSize, channels, split, seed, classNames, ...more});
}

/** All of a dataset in its own order, for predictions. */
export function asGiven(dataset: LabeledDataset): LabeledDataset {
  return dataset.subset(Array.from(dataset.labels.keys()), {sampler: inOrder});
}

const MOST_NAMED = 5;

/** Says which images could not be read. */
export function tellUnreadable(unreadable: readonly UnreadableImage[]): void {
  if (unreadable.length === 0) return;
  tell(`${unreadable.length} images could not be read and were left out:`);
  for (const {name, reason} of unreadable.slice(0, MOST_NAMED)) tell(`  ${name}: ${reason}`);
  if (unreadable.length > MOST_NAMED) tell(`  … ${unreadable.length - MOST_NAMED} more`);
}
