import {fork} from 'node:child_process';
import {join} from 'node:path';
import type {TrainingJob, TrainingMessage, TrainingResult} from './training_job';

/**
 * Trains in a process of its own: the backends of plain Node use one core, and there is usually another.
 *
 * @throws Error (rejects) when the process ends without a result.
 */
export function runTraining(
  job: TrainingJob,
  onProgress: (message: Extract<TrainingMessage, {kind: 'progress'}>) => void,
): Promise<TrainingResult> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'train_process.ts'), {execArgv: ['-r', 'tsx/cjs']});
    let result: TrainingResult | undefined;
    child.on('message', (message: TrainingMessage) => {
      if (message.kind === 'progress') onProgress(message);
      else result = message.result;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (result) resolve(result);
      else
        reject(
          new Error(
            `The training of ${job.method} ended without a result (${signal ?? `exit code ${code}`}).`,
          ),
        );
    });
    child.send(job);
  });
}
