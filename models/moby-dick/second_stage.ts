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
  /** Of `crt` and `crt-same`: over the crops, each class as often as every other. */
  epochs: number;
  /** Of `la` and `tau`. `tau` chooses by validation crops where it is left out. */
  tau?: number;
}

/** What the model reads in the end, and the τ that was chosen. */
export interface SecondStageResult extends Predictions {
  tau?: number;
}

/** Goes on in a process of its own. @throws Error (rejects) when the process ends without a result. */
export function runSecondStage(job: SecondStageJob): Promise<SecondStageResult> {
  return runJob(join(__dirname, 'second_stage_process.ts'), `${job.method}+${job.after}`, job);
}
