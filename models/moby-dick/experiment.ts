import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, classFrequency, LVIS_GROUPS} from '../../src/frequency';
import type {Backend} from './backend';
import {balancedCrops, type CropSet, trainingCrops} from './data/crop_set';
import {cropDataset} from './data/dataset';
import type {Progress} from './progress';
import {runTraining} from './run_training';
import {type LossSpec, type TrainingJob, type TrainingResult, writeCrops} from './training_job';

/** The groups that results are given for, from rare to frequent. */
export const GROUPS = LVIS_GROUPS.map(({name}) => name);

export interface Experiment {
  test: CropSet;
  freqInfo: ClassFrequency;
  /** What all trainings on these crops have in common. */
  job: Omit<TrainingJob, 'name' | 'loss'>;
}

export interface ExperimentOptions {
  samples: number;
  seed: number;
  epochs: number;
  backend: Backend;
  /** Directory for the crops. */
  out: string;
  /** Background crops per character; default as in `trainingCrops`. */
  background?: number;
}

/** Renders the crops, counts their classes and leaves them where training processes find them. */
export async function prepare(options: ExperimentOptions, progress: Progress): Promise<Experiment> {
  const {samples, seed, epochs, backend, out, background} = options;
  const drawn = progress.add('pages', samples);
  const training = trainingCrops({samples, seed, background, onProgress: (done) => drawn(done, 'drawing')});
  drawn(samples, `${training.labels.length.toLocaleString('en')} crops`);
  const test = balancedCrops('test');
  const {classes} = training;
  const counted = progress.add('frequencies', training.labels.length);
  const freqInfo = await classFrequency(cropDataset(tf.data, training), {
    numClasses: classes.length,
    classNames: [...classes],
    onProgress: ({elements}) => counted(elements),
  });
  counted(training.labels.length, `${classes.length} classes`);
  const directory = join(out, 'crops');
  mkdirSync(directory, {recursive: true});
  const files = {trainingFile: join(directory, `training-${seed}`), testFile: join(directory, 'test')};
  writeCrops(files.trainingFile, training);
  writeCrops(files.testFile, test);
  const job = {...files, backend, epochs, seed, classes: classes.length, freqInfo: freqInfo.toJSON()};
  return {test, freqInfo, job};
}

/** Trains one model for each of the losses, from the same initial weights, side by side. */
export async function trainAll<Name extends string>(
  {job}: Experiment,
  losses: Record<Name, {loss: LossSpec; saveTo?: string}>,
  progress: Progress,
): Promise<Record<Name, TrainingResult>> {
  const trainings = Object.entries<{loss: LossSpec; saveTo?: string}>(losses).map(async ([name, own]) => {
    const bar = progress.add(name, 1000);
    const result = await runTraining({...job, ...own, name}, ({step, steps, epoch, loss}) =>
      bar(Math.floor((1000 * step) / steps), `epoch ${epoch}/${job.epochs}  loss ${loss.toFixed(3)}`),
    );
    bar(1000, `${result.seconds.toFixed(0)} s`);
    return [name, result];
  });
  return Object.fromEntries(await Promise.all(trainings));
}
