import {existsSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {ClassFrequency} from '../frequency';
import type {SamplingState} from '../sampling';
import {withAdjustedLogits} from '../training';
import type {DataRecord} from './data';
import {CommandError} from './exit';

/** Metadata that the command line saves in a model's file. */
export interface ModelRecord {
  format_version: 1;
  class_names: string[];
  /** Training images of each class. */
  image_counts: number[];
  num_images: number;
  data: DataRecord;
  method: string;
  /** Whether its logits already compensate for frequencies. */
  adjusts: boolean;
  /** τ for adjusting its logits when it is used, if that is not yet done. */
  post_hoc_tau?: number;
  training: TrainingRecord;
}

/** State of the training. */
export interface TrainingRecord {
  epochs: number;
  batch_size: number;
  learning_rate: number;
  /** Path of the model whose features it uses. */
  features?: string;
  /** Position in the dataset, for resuming. */
  state?: SamplingState;
  /** Logs of each epoch. */
  history: Record<string, number>[];
}

const KEY = 'tfjs-longtail/cli';

/** Class frequencies of a model's training data. */
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
  // Drops undefined values, which tfjs refuses.
  model.setUserDefinedMetadata({[KEY]: JSON.parse(JSON.stringify(record))});
  await model.save(`file://${resolve(folder)}`, {includeOptimizer});
}

/** Loads a model from its folder or its model.json. @throws CommandError if there is none. */
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

/** Loads a model trained by `longtail`. @throws CommandError for any other model. */
export async function loadTrained(path: string): Promise<{model: LayersModel; record: ModelRecord}> {
  const {model, record} = await loadModel(path);
  if (record?.format_version !== 1) {
    throw new CommandError(`Expected a model saved by \`longtail train\`. Received: ${path}`);
  }
  return {model, record};
}

/** The model for use: with adjusted logits, if the method adjusts them after training. */
export function finished(model: LayersModel, record: ModelRecord): LayersModel {
  const {post_hoc_tau: tau} = record;
  return tau === undefined ? model : withAdjustedLogits(model, freqInfoOf(record), {tau});
}
