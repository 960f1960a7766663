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

/** What {@link resume} puts back beside the model. */
export interface ResumeOptions {
  /** The indexed dataset, made and with the sampler as it was: it goes on where it was. Needed where its place was saved. */
  data?: Resumable;
  /** The objects whose states were saved, by the same names. */
  states?: Readonly<Record<string, Resumable>>;
}

/** Training that goes on. */
export interface ResumedTraining {
  /** The model, compiled, with its optimizer's, losses' and metrics' states. */
  model: LayersModel;
  /** For `fit` and `fitDataset`. In mid-epoch it is that epoch, of which an indexed dataset has the rest of the samples. */
  initialEpoch: number;
  /** The name of the checkpoint. */
  name: string;
}

/**
 * Loads the newest checkpoint that {@link checkpoint} saved. One that is torn or was altered is named by a warning, and
 * the one before it is used.
 *
 * Training then ends, to the bit, with the weights that it would have had without an end in between, on the cpu and wasm
 * backends, if all that is random has a seed: take `shuffle: false`, or an indexed dataset.
 *
 * @example
 * ```ts
 * const run = await resume('out/none');
 * console.log(run); // → undefined
 * ```
 *
 * @param directory As `checkpoint` takes it.
 * @returns Undefined where there is no checkpoint at all.
 * @throws ValueError where there are some and none is whole, for a class that is not registered, and for data or states
 *   that are missing, too many or not as they were.
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
    // The dataset itself checks what it is given.
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
