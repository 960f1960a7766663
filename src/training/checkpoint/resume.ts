import type {io} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {checkOptions} from '../../core/check_options';
import type {CheckpointStore} from '../../core/checkpoint_store';
import {reject, ValueError} from '../../core/errors';
import {newestFirst} from './names';
import {type CheckpointRecord, checkRecord, unseal} from './record';
import {isResumable, type Resumable, requireResumables, restoreStates} from './resumable';
import {storeOf} from './stores';

/** What {@link resume} restores besides the model. */
export interface ResumeOptions {
  /**
   * The indexed dataset, created the same way and with the same sampler: it continues where it was. Required if its
   * position was saved.
   */
  data?: Resumable;
  /** The objects whose states were saved, by the same names. */
  states?: Readonly<Record<string, Resumable>>;
}

/** A training run to continue. */
export interface ResumedTraining {
  /** The model, compiled, with the states of its optimizer, losses and metrics. */
  model: LayersModel;
  /**
   * For `fit` and `fitDataset`. In mid-epoch it is that epoch, for which an indexed dataset yields the remaining
   * samples.
   */
  initialEpoch: number;
  /** The name of the checkpoint. */
  name: string;
}

/**
 * Loads the newest checkpoint that {@link checkpoint} saved. If it is incomplete or was altered, a warning names it,
 * and the one before it is used.
 *
 * On the cpu and wasm backends, training then ends with the same weights, bit for bit, as it would have without the
 * interruption, provided that everything random has a seed: use `shuffle: false`, or an indexed dataset.
 *
 * @example
 * ```ts
 * const run = await resume('out/none');
 * console.log(run); // → undefined
 * ```
 *
 * @param directory As in `checkpoint`.
 * @returns Undefined if there is no checkpoint at all.
 * @throws ValueError if there are checkpoints but none is intact, for a class that is not registered, and for data or
 *   states that are missing, superfluous or changed.
 */
export async function resume(
  directory: string | CheckpointStore,
  options: ResumeOptions = {},
): Promise<ResumedTraining | undefined> {
  checkOptions('resume', options, ['data', 'states']);
  const {data, states} = options;
  const objects = requireResumables(states ?? {});
  if (data !== undefined && !isResumable(data))
    reject('data', 'a dataset of `indexedArrays` or `indexedDataset`', data);
  const found = await newestWhole(storeOf(directory));
  if (found === undefined) return undefined;
  const {name, artifacts, record} = found;
  checkRecord(record);
  if (record.data !== undefined && data === undefined) {
    reject('data', `the indexed dataset, whose place the checkpoint ${name} holds`, data);
  }
  if (record.data === undefined && data !== undefined) {
    reject('data', `left out, as the checkpoint ${name} holds no place in a dataset`, data);
  }
  const model = await tfl.loadLayersModel({load: async () => artifacts});
  try {
    restoreStates(objects, record.states);
    // The dataset validates the state itself.
    data?.setState(record.data as never);
  } catch (error) {
    const {optimizer} = model;
    model.dispose();
    optimizer?.dispose();
    throw error;
  }
  return {model, initialEpoch: record.epoch, name};
}

async function newestWhole(
  store: CheckpointStore,
): Promise<{name: string; artifacts: io.ModelArtifacts; record: CheckpointRecord} | undefined> {
  const names = await newestFirst(store);
  let cause: unknown;
  for (const name of names) {
    try {
      const artifacts = await (store.handler(name).load as io.LoadHandler)();
      return {name, ...unseal(artifacts)};
    } catch (error) {
      cause = error;
      const {message} = error as Error;
      console.warn(`The checkpoint ${name} is damaged and not used: ${message}`);
    }
  }
  if (names.length === 0) return undefined;
  throw new ValueError(`None of the checkpoints ${names.join(', ')} is whole.`, {cause});
}
