import {existsSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {ClassFrequency} from '../frequency';
import type {SamplingState} from '../sampling';
import {withAdjustedLogits} from '../training';
import type {DataRecord} from './data';
import {CommandError} from './exit';

/** What a model of the command line knows of itself, in its own file. */
export interface ModelRecord {
  format_version: 1;
  class_names: string[];
  /** Images of each class that it was trained on. */
  image_counts: number[];
  num_images: number;
  data: DataRecord;
  method: string;
  /** Whether its logits make up for frequencies already. */
  adjusts: boolean;
  /** τ by which its logits are adjusted when it is used, where they still are to be. */
  post_hoc_tau?: number;
  training: TrainingRecord;
}

/** How far training is. */
export interface TrainingRecord {
  epochs: number;
  batch_size: number;
  learning_rate: number;
  /** The model whose features it has. */
  features?: string;
  /** Where the data set is, for going on. */
  state?: SamplingState;
  /** Logs of each epoch. */
  history: Record<string, number>[];
}

const KEY = 'tfjs-longtail/cli';

/** The frequencies that a model was trained on. */
export function freqInfoOf(record: ModelRecord): ClassFrequency {
  const {image_counts: imageCounts, num_images: numImages, class_names: classNames} = record;
  return new ClassFrequency({imageCounts, numImages, classNames});
}

/** Saves a model with its record in a folder. */
export async function saveModel(
  model: LayersModel,
  record: ModelRecord,
  folder: string,
  includeOptimizer: boolean,
): Promise<void> {
  // tfjs refuses values that are undefined.
  model.setUserDefinedMetadata({[KEY]: JSON.parse(JSON.stringify(record))});
  await model.save(`file://${resolve(folder)}`, {includeOptimizer});
}

/** Loads a model by its folder or its model.json. @throws CommandError where there is none. */
export async function loadModel(path: string): Promise<{model: LayersModel; record?: ModelRecord}> {
  const file = statSync(path, {throwIfNoEntry: false})?.isDirectory() ? join(path, 'model.json') : path;
  if (!existsSync(file))
    throw new CommandError(`Expected a saved model. Received: ${path}, which has no model.json`);
  let model: LayersModel;
  try {
    model = await tfl.loadLayersModel(`file://${resolve(file)}`);
  } catch (error) {
    throw new CommandError(
      `Expected a saved layers model. Received: ${file} (${(error as Error).message.split('\n')[0]})`,
    );
  }
  const {[KEY]: record} = (model.getUserDefinedMetadata() ?? {}) as Record<string, ModelRecord | undefined>;
  return {model, record};
}

/** The same, of a model that `longtail` has trained. @throws CommandError for another one. */
export async function loadTrained(path: string): Promise<{model: LayersModel; record: ModelRecord}> {
  const {model, record} = await loadModel(path);
  if (record?.format_version !== 1) {
    throw new CommandError(`Expected a model that \`longtail train\` has saved. Received: ${path}`);
  }
  return {model, record};
}

/** The model as it is used: with adjusted logits, where the method leaves that until after training. */
export function finished(model: LayersModel, record: ModelRecord): LayersModel {
  const {post_hoc_tau: tau} = record;
  return tau === undefined ? model : withAdjustedLogits(model, freqInfoOf(record), {tau});
}
