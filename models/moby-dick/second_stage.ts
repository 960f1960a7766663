import {join} from 'node:path';
import type {SecondStage} from './contenders';
import {runJob} from './run_job';
import type {Predictions, TrainingJob} from './training_job';

/** How to go on with a trained model. */
export interface SecondStageJob
  extends Pick<TrainingJob, 'method' | 'backend' | 'freqInfo' | 'samples' | 'background' | 'seed'> {
  after: SecondStage;
  /** Directory of the trained model. */
  model: string;
  /** For `crt` and `crt-same`: passes over the crops, with every class equally often. */
  epochs: number;
  /** For `la` and `tau`. If it is left out, `tau` chooses it on validation crops. */
  tau?: number;
}

/** The final model's predictions, and the τ that was chosen. */
export interface SecondStageResult extends Predictions {
  tau?: number;
}

/** Runs the second stage in a separate process. @throws Error (rejects) when the process ends without a result. */
export function runSecondStage(job: SecondStageJob): Promise<SecondStageResult> {
  return runJob(join(__dirname, 'second_stage_process.ts'), `${job.method}+${job.after}`, job);
}
