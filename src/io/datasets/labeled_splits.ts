import type {ClassFrequency} from '../../frequency';
import type {BatchingOptions} from '../../sampling/indexed/indexed_dataset';
import type {ImageReader} from './image_reader';
import type {ImageSourceOptions, UnreadableImage} from './image_source';
import {inOrder} from './in_order';
import {LabeledDataset} from './labeled_dataset';
import {indicesBySplit, type Split} from './splits';

/** Data for training, validation and testing. */
export interface LabeledSplits {
  /** Names of the classes, in index order. */
  classNames: readonly string[];
  /** Number of training images of each class, as losses take it. */
  freqInfo: ClassFrequency;
  /** Training data. */
  train: LabeledDataset;
  /** In dataset order, not augmented; undefined if nothing was set aside. */
  validation?: LabeledDataset;
  /** In dataset order, not augmented; undefined if nothing was set aside. */
  test?: LabeledDataset;
  /** Images that turned out unreadable so far. */
  readonly unreadable: readonly UnreadableImage[];
}

interface LabeledSplitsArgs {
  reader: ImageReader;
  labels: Int32Array;
  classNames: readonly string[];
  splits: readonly Split[];
  batching: BatchingOptions & ImageSourceOptions;
}

/** Makes the datasets of one reader's images. @throws ValueError if none is for training. */
export function labeledSplits({
  reader,
  labels,
  classNames,
  splits,
  batching,
}: LabeledSplitsArgs): LabeledSplits {
  const unreadable = new Map<string, UnreadableImage>();
  const indices = indicesBySplit(splits);
  const datasetOf = (own: Int32Array, more: Partial<BatchingOptions & ImageSourceOptions>) =>
    own.length === 0
      ? undefined
      : new LabeledDataset({
          ...batching,
          ...more,
          reader,
          classNames,
          unreadable,
          indices: own,
          labels: own.map((index) => labels[index]),
        });
  const asItIs = {sampler: inOrder, transform: undefined};
  const train = datasetOf(indices.train, {}) as LabeledDataset;
  return {
    classNames,
    freqInfo: train.freqInfo,
    train,
    validation: datasetOf(indices.validation, asItIs),
    test: datasetOf(indices.test, asItIs),
    get unreadable() {
      return [...unreadable.values()];
    },
  };
}
