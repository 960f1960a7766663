import {join} from 'node:path';
import {runJob} from './run_job';
import type {TrainingJob, TrainingResult, TrainingStep} from './training_job';

/** Trains a model in a separate process. @throws Error (rejects) when the process ends without a result. */
export function runTraining(
  job: TrainingJob,
  onProgress: (step: TrainingStep) => void,
): Promise<TrainingResult> {
  return runJob(join(__dirname, 'train_process.ts'), `The training of ${job.method}`, job, onProgress);
}
