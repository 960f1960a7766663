import * as tf from '@tensorflow/tfjs';
import {median} from '../bench/loss/median';
import {JOBS} from '../bench/step/jobs';
import {type PageSetting, startBackend} from './harness/start_backend';

declare global {
  interface Window {
    /** The median milliseconds of a training step of each job, in this page. */
    timeSteps(setting: PageSetting, jobs: string[]): Promise<number[]>;
  }
}

const STEPS = 25;
const WARM_UP = 3;

window.timeSteps = async (setting, jobs) => {
  await startBackend(setting);
  tf.enableProdMode();
  const times: number[] = [];
  for (const name of jobs) {
    const job = JOBS[name]();
    const samples: number[] = [];
    for (let i = -WARM_UP; i < STEPS; ++i) {
      const start = performance.now();
      await job.run();
      if (i >= 0) samples.push((performance.now() - start) / job.steps);
    }
    times.push(median(samples));
    job.dispose();
  }
  return times;
};
