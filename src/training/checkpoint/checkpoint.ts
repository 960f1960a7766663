import type {io} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {checkOptions} from '../../core/check_options';
import type {CheckpointStore} from '../../core/checkpoint_store';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {SamplingState} from '../../sampling/indexed/sampling_state';
import {internalsOf} from '../../serialization/model_internals';
import {outerOf} from '../../serialization/sequential_models';
import {trainingRunOf} from '../../serialization/training_run';
import {modelOf} from '../model_of';
import {nameOf, newestFirst, serialOf} from './names';
import {seal} from './record';
import {isResumable, type Resumable, requireResumables, statesOf} from './resumable';
import {storeOf} from './stores';

/** When {@link checkpoint} saves, and what it saves. */
export interface CheckpointOptions {
  /**
   * `'epoch'` (default): at the end of each epoch. A number n: after every n batches, which requires `fitDataset` on an
   * indexed dataset. The end of training is always saved.
   */
  every?: 'epoch' | number;
  /** How many checkpoints to keep, the newest ones; an integer ≥ 1. Default: 3. */
  keep?: number;
  /**
   * The indexed dataset whose position is saved. Default: the one passed to `fitDataset`; required if that is a view of
   * it (`repeat()`).
   */
  data?: Resumable;
  /** Other objects whose state is saved, by name: callbacks and schedules with `getState` and `setState`. */
  states?: Readonly<Record<string, Resumable>>;
}

/**
 * Saves what training needs to continue after a crash: weights, the optimizer's state, losses and metrics with their
 * state, the position in an indexed dataset, and other objects' states. A callback of `fit` and `fitDataset`; {@link
 * resume} continues.
 *
 * Each checkpoint is a complete model, `checkpoint-000012-epoch-3/model.json`, which `tf.loadLayersModel` can load too.
 * It is saved atomically, with a checksum over all of it; older ones are deleted afterwards. In mid-epoch the name ends
 * with the number of batches of that epoch: `checkpoint-000013-epoch-3-batch-100`.
 *
 * @example
 * ```ts
 * const run = await resume('out/checkpoints');
 * const model = run?.model ?? tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [2]})]});
 * if (run === undefined) model.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy()});
 * await model.fit(tf.zeros([4, 2]), tf.tensor1d([0, 1, 0, 1], 'int32'), {
 *   epochs: 2,
 *   initialEpoch: run?.initialEpoch,
 *   callbacks: checkpoint('out/checkpoints', {every: 'epoch', keep: 3}),
 *   shuffle: false,
 *   verbose: 0,
 * });
 * ```
 *
 * @param directory The path of a directory (on Node), `indexeddb://` or `localstorage://` and a name, or a store.
 * @returns A callback, for one training run at a time.
 * @throws ValueError for options that are unknown or out of range; when training begins, before its first step, for a
 *   model that cannot be saved with its optimizer and for data whose position cannot be saved.
 */
export function checkpoint(
  directory: string | CheckpointStore,
  options: CheckpointOptions = {},
): tfl.Callback {
  checkOptions('checkpoint', options, ['every', 'keep', 'data', 'states']);
  const {every = 'epoch', keep = 3, data, states = {}} = options;
  if (every !== 'epoch') {
    if (typeof every !== 'number') reject('every', "'epoch' or a number of batches", every);
    requireInteger('every', every, 1);
  }
  requireInteger('keep', keep, 1);
  if (data !== undefined && !isResumable(data))
    reject('data', 'a dataset of `indexedArrays` or `indexedDataset`', data);
  return new Checkpoint(storeOf(directory), {every, keep, data, states: requireResumables(states)});
}

type Settings = Required<Omit<CheckpointOptions, 'data'>> & Pick<CheckpointOptions, 'data'>;

class Checkpoint extends tfl.Callback {
  private data?: Resumable;
  private serial = 0;
  private epoch = 0;
  private batch = 0;
  /** Batches trained since the last checkpoint. */
  private unsaved = 0;

  constructor(
    private readonly store: CheckpointStore,
    private readonly settings: Settings,
  ) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    const {every, data} = this.settings;
    const source = trainingRunOf(modelOf(this))?.dataset?.source;
    this.data = data ?? (isResumable(source) ? source : undefined);
    if (every !== 'epoch' && (this.data === undefined || source !== this.data)) {
      reject('every', "'epoch', unless `fitDataset` is given an indexed dataset itself", every);
    }
    // Fail now, not hours later, if something cannot be saved.
    internalsOf(this.trained()).getTrainingConfig();
    const [newest] = await newestFirst(this.store);
    this.serial = newest === undefined ? 0 : (serialOf(newest) as number);
    this.unsaved = 0;
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
    this.batch = 0;
  }

  override async onBatchEnd(): Promise<void> {
    ++this.batch;
    ++this.unsaved;
    if (this.settings.every !== 'epoch' && this.unsaved >= this.settings.every) await this.save();
  }

  override async onEpochEnd(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    this.batch = 0;
    if (this.settings.every === 'epoch') await this.save();
  }

  override async onTrainEnd(): Promise<void> {
    if (this.unsaved > 0) await this.save();
  }

  private async save(): Promise<void> {
    const {keep, states} = this.settings;
    const data = this.data?.getState() as SamplingState | undefined;
    // The batch was the last one of its epoch.
    const isOver = this.batch > 0 && data?.position === 0;
    const [epoch, batch] = isOver ? [this.epoch + 1, 0] : [this.epoch, this.batch];
    const record = {epoch, ...(data !== undefined && {data}), states: statesOf(states)};
    const handler = this.store.handler(nameOf(++this.serial, epoch, batch));
    const save = (artifacts: io.ModelArtifacts) => (handler.save as io.SaveHandler)(seal(artifacts, record));
    await this.trained().save({save}, {includeOptimizer: true});
    this.unsaved = 0;
    for (const old of (await newestFirst(this.store)).slice(keep)) await this.store.remove(old);
  }

  private trained(): LayersModel {
    return outerOf(modelOf(this));
  }
}
