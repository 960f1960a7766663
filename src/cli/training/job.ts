import {InvalidArgumentError} from 'commander';
import {openTraining} from '../data';
import type {DataFlags} from '../flags';
import {methodOf} from '../methods';
import {loadModel, type ModelRecord} from '../model_record';
import {imageSizeOf, networkOnFeatures, smallNetwork} from './network';
import {compileModel, type TrainingJob} from './train_model';

/** Flags of a training run. */
export interface TrainingFlags extends DataFlags {
  features?: string;
  epochs: number;
  batchSize: number;
  learningRate: number;
}

/** Starts a new training run. */
export async function newJob(
  path: string,
  flags: TrainingFlags,
  method: string,
  out: string,
  resume: string,
): Promise<TrainingJob> {
  const {features, batchSize, epochs, learningRate, seed} = flags;
  const base = features === undefined ? undefined : (await loadModel(features)).model;
  const size = base && imageSizeOf(base);
  if (size && flags.imageSize !== undefined && size.some((side) => side !== flags.imageSize)) {
    throw new InvalidArgumentError(`--image-size is ${size.join(' × ')} with these features.`);
  }
  const {splits, record: data} = await openTraining(path, flags, {batchSize, size});
  const {freqInfo, train, classNames} = splits;
  const {postHocTau, adjusts} = methodOf(method, freqInfo);
  const record: ModelRecord = {
    format_version: 1,
    class_names: [...classNames],
    image_counts: [...freqInfo.imageCounts],
    num_images: freqInfo.numImages,
    data,
    method,
    adjusts,
    ...(postHocTau !== undefined && {post_hoc_tau: postHocTau}),
    training: {epochs, batch_size: batchSize, learning_rate: learningRate, features, history: []},
  };
  const model = base
    ? networkOnFeatures(base, train.imageShape, classNames.length, seed)
    : smallNetwork(train.imageShape, classNames.length, seed);
  compileModel(model, record);
  return {model, record, splits, out, resume};
}
