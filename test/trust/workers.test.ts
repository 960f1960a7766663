import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {Worker} from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {useBackend} from '../helpers/backends';
import {weightsOf} from '../helpers/models';
import {temporaryDirectory} from '../io/files/temporary';
import {trainSaveAndGoOn, type WorkerJob, type WorkerOutcome} from './worker_job';

const JOB: WorkerJob = {backend: 'cpu', loss: 'drawn', folder: '', rate: 0.01, saves: 2};

const start = (job: WorkerJob) =>
  new Worker(join(__dirname, 'worker.ts'), {
    workerData: job,
    execArgv: ['--require', require.resolve('tsx/cjs')],
  });

function outcomeOf(worker: Worker): Promise<WorkerOutcome> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message) => message !== 'saved' && resolve(message));
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The worker ended with code ${code} and no outcome.`)));
  });
}

const visible = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith('.'));

async function weightsIn(folder: string): Promise<number[][]> {
  const model = await tf.loadLayersModel(`${pathToFileURL(folder).href}/model.json`);
  const weights = weightsOf(model);
  model.dispose();
  return weights;
}

/** That a model is one of those that were saved, bit for bit. */
function isAmong(t: ExecutionContext, weights: number[][], saved: number[][][], message: string): void {
  const text = JSON.stringify(weights);
  t.true(
    saved.some((one) => JSON.stringify(one) === text),
    message,
  );
}

for (const backend of ['cpu', 'wasm'] as const) {
  for (const loss of ['drawn', 'stateful'] as const) {
    test.serial(
      `two workers at once train, save and go on as the main thread does (${backend}, ${loss})`,
      async (t) => {
        const root = temporaryDirectory(t);
        const job = (folder: string) => ({...JOB, backend, loss, folder: join(root, folder)});
        const workers = ['a', 'b'].map((folder) => outcomeOf(start(job(folder))));
        // At the same time as both.
        const expected = await trainSaveAndGoOn(job('main'));
        for (const outcome of await Promise.all(workers)) t.deepEqual(outcome, expected);
        t.notDeepEqual(expected.goneOn, expected.saved[1]);
        for (const folder of ['a', 'b', 'main']) t.is(readdirSync(join(root, folder)).length, 2);
      },
    );
  }
}

test.serial(
  'two workers that save to one folder leave a whole model of one of them, at any time',
  async (t) => {
    await useBackend('cpu');
    const folder = join(temporaryDirectory(t), 'model');
    const workers = [0.01, 0.02].map((rate) => start({...JOB, folder, rate, saves: 30}));
    // Whatever the test loads meanwhile was saved by one of the two.
    const seen: number[][][] = [];
    let saves = 0;
    for (const worker of workers) worker.on('message', (message) => (saves += Number(message === 'saved')));
    const outcomes = workers.map(outcomeOf);
    let running = true;
    const both = Promise.all(outcomes).finally(() => {
      running = false;
    });
    while (running) {
      if (saves > 0) seen.push(await weightsIn(folder));
      await wait(1);
    }
    const saved = (await both).flatMap((outcome) => outcome.saved);
    seen.push(await weightsIn(folder));
    t.true(seen.length > 5, `${seen.length} loads`);
    for (const [i, weights] of seen.entries()) isAmong(t, weights, saved, `load ${i} of ${seen.length}`);
    t.is(saves, 60);
    // One save of a single thread takes away what two could not.
    await trainSaveAndGoOn({...JOB, folder, saves: 1});
    t.is(readdirSync(folder).length, 2);
  },
);

test.serial(
  'a worker that is terminated while it saves leaves a whole model, and no later save waits',
  async (t) => {
    const folder = join(temporaryDirectory(t), 'model');
    // The models of an endless job are the first ones of any other.
    const {saved} = await trainSaveAndGoOn({...JOB, folder: join(folder, '../reference'), saves: 40});
    for (let round = 0; round < 6; round++) {
      const worker = start({...JOB, folder, saves: Number.POSITIVE_INFINITY});
      let saves = 0;
      await new Promise<void>((resolve) => {
        worker.on('message', () => {
          saves++;
          if (saves === 1 + (round % 3))
            setTimeout(() => resolve(worker.terminate().then(() => {})), 3 * round);
        });
      });
      isAmong(t, await weightsIn(folder), saved, `round ${round}`);
    }
    const before = performance.now();
    const {goneOn} = await trainSaveAndGoOn({...JOB, folder, saves: 1});
    t.true(performance.now() - before < 20_000);
    t.true(goneOn.flat().every(Number.isFinite));
    t.is(visible(folder).length, 2, `${visible(folder)}`);
  },
);
