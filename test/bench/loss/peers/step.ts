/**
 * A training step on wasm, in a process of its own. Its arguments are the job's name and whether it runs `with` the SIMD
 * module of kernels/wasm or `without`.
 */
import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss} from '../../../../src';
import {useBackend} from '../../../helpers/backends';
import {leastPerStep} from '../../step/cpu_time';
import {JOBS, type Job} from '../../step/jobs';
import {serve} from './serve';

const ROUND_MS = 60;
/** Of CPU time, in which the engine compiles what runs often. */
const WARM_UP_MS = 1500;

/** Lets the losses find their module, and what is looked for later find no SIMD. */
function withoutProducts(): void {
  const loss = new EqualizationLoss({lambda: 0.5, freqInfo: [0, 1], requireBackground: false});
  tf.dispose(loss.call(tf.tensor1d([0], 'int32'), tf.zeros([1, 2])));
  WebAssembly.validate = () => false;
}

async function main([name, simd]: string[]): Promise<void> {
  await useBackend('wasm');
  let job: Job | undefined;
  await serve({
    setUp: async () => {
      if (simd === 'without') withoutProducts();
      job = JOBS[name]();
      await leastPerStep(job.run, job.steps, WARM_UP_MS);
    },
    run: () => leastPerStep((job as Job).run, (job as Job).steps, ROUND_MS),
    tearDown: () => job?.dispose(),
  });
}

void main(process.argv.slice(2));
