/** Steps of the main job over a dataset beside as many batch by batch, in one process, as processes differ by more. */
import {useBackend} from '../../../helpers/backends';
import {cpuTime} from '../../step/cpu_time';
import {byBatch, type Job, overDataset} from '../../step/jobs';
import {serve} from './serve';

const ROUNDS = 5;

async function main(): Promise<void> {
  await useBackend('wasm');
  let jobs: Job[] = [];
  await serve({
    setUp: () => {
      jobs = [overDataset(), byBatch()];
    },
    run: async () => {
      const least = jobs.map(() => Number.POSITIVE_INFINITY);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, {run}] of jobs.entries()) least[i] = Math.min(least[i], await cpuTime(run));
      }
      return least[0] / least[1];
    },
    tearDown: () => {
      for (const job of jobs) job.dispose();
    },
  });
}

void main();
