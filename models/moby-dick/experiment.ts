import * as tf from '@tensorflow/tfjs';
import {type ClassFrequency, classFrequency, LVIS_GROUPS} from '../../src/frequency';
import type {Backend} from './backend';
import {balancedCrops, type CropSet} from './data/crop_set';
import {type TrainingScans, trainingScans} from './data/scans';
import type {Progress} from './progress';
import {runTraining} from './run_training';
import type {TrainingJob, TrainingResult} from './training_job';

/** The groups that results are given for, from rare to frequent. */
export const GROUPS = LVIS_GROUPS.map(({name}) => name);

/** Names of the main job's models. The third is the first with its logits adjusted after training. */
export const MODELS = {
  baseline: 'cross entropy',
  eql: 'EQL',
  adjusted: 'cross entropy, adjusted',
} as const;

export interface Experiment {
  scans: TrainingScans;
  test: CropSet;
  freqInfo: ClassFrequency;
  /** What all trainings on these pages share. */
  job: Omit<TrainingJob, 'method' | 'lambda' | 'gamma' | 'saveTo' | 'thenStep'>;
}

export interface ExperimentOptions {
  samples: number;
  seed: number;
  epochs: number;
  backend: Backend;
  /** Background crops per character (default 1.5). */
  background?: number;
}

/** Sets the pages and counts the classes on them. */
export async function prepare(options: ExperimentOptions, progress: Progress): Promise<Experiment> {
  const {samples, seed, epochs, backend, background = 1.5} = options;
  const drawn = progress.add('pages', 100);
  const onProgress = (done: number, total: number) => drawn((100 * done) / total, `${done} of ${total}`);
  const scans = trainingScans({samples, seed, background, onProgress});
  const {classes, labels} = scans;
  drawn(100, `${labels.length.toLocaleString('en')} crops per epoch`);
  const counted = progress.add('frequencies', labels.length);
  const freqInfo = await classFrequency(tf.data.array(Array.from(labels, (ys) => ({xs: 0, ys}))), {
    numClasses: classes.length,
    classNames: [...classes],
    onProgress: ({elements}) => counted(elements),
  });
  counted(labels.length, `${classes.length} classes`);
  const job = {backend, epochs, samples, background, seed, freqInfo: freqInfo.toJSON()};
  return {scans, test: balancedCrops('test'), freqInfo, job};
}

/** What one training of an experiment adds. */
export type Training = Pick<TrainingJob, 'method' | 'lambda' | 'gamma' | 'saveTo' | 'thenStep'>;

/** Trains one model for each method, from the same initial weights, side by side. */
export async function trainAll<Name extends string>(
  {job}: Experiment,
  trainings: Record<Name, Training>,
  progress: Progress,
): Promise<Record<Name, TrainingResult>> {
  const results = Object.entries<Training>(trainings).map(async ([name, own]) => [
    name,
    await trainOne({...job, ...own}, name, progress),
  ]);
  return Object.fromEntries(await Promise.all(results));
}

/** Trains one model, with a progress bar of that name. */
export async function trainOne(job: TrainingJob, name: string, progress: Progress): Promise<TrainingResult> {
  const bar = progress.add(name, 1000);
  const result = await runTraining(job, ({share, epoch, loss}) =>
    bar(Math.floor(1000 * share), `epoch ${epoch}/${job.epochs}  loss ${loss.toFixed(3)}`),
  );
  bar(1000, `${result.seconds.toFixed(0)} s`);
  return result;
}
