import * as tf from '@tensorflow/tfjs';
import type {Reply, Request} from '../protocol';
import {findBackends, startBackend} from './backend';
import {type Crops, makeCrops} from './crops';
import {viewOf} from './crops_view';
import {Run} from './run';
import {loadRun, saveRun} from './saved_run';

let crops: Crops | undefined;
let run: Run | undefined;
let paused = true;

const reply = (message: Reply) => self.postMessage(message);

/** Handles requests one after another. A pause takes effect at once, even before its training has begun. */
let queue = findBackends().then((found) => reply({kind: 'backends', ...found}), fail);

self.onmessage = ({data}: MessageEvent<Request>) => {
  if (data.kind === 'start' || data.kind === 'continue') paused = false;
  if (data.kind === 'pause') paused = true;
  else queue = queue.then(() => handle(data)).catch(fail);
};

async function handle(request: Exclude<Request, {kind: 'pause'}>): Promise<void> {
  switch (request.kind) {
    case 'crops':
      await prepare(request.samples);
      break;
    case 'start':
      await clear();
      await startBackend(request.backend);
      run = Run.begin(required(crops), request.lambda);
      await train(run, request.steps);
      break;
    case 'continue':
      await train(required(run), request.steps);
      break;
    case 'save': {
      const {saved, bytes} = await saveRun(required(run));
      reply({kind: 'saved', run: saved, bytes});
      break;
    }
    case 'load': {
      const {samples} = request.run;
      if (crops?.samples !== samples) await prepare(samples);
      await clear();
      await startBackend(request.backend);
      const loaded = await loadRun(required(crops), request.run);
      run = loaded.run;
      reply({kind: 'loaded', run: request.run, checks: loaded.checks});
    }
  }
}

async function prepare(samples: number): Promise<void> {
  await clear();
  crops = await makeCrops(samples, (share, what) => reply({kind: 'progress', share, what}));
  reply({kind: 'crops', view: viewOf(crops)});
}

async function clear(): Promise<void> {
  run?.dispose();
  run = undefined;
}

/** Trains for a number of steps or until told to pause, but for at least one step. */
async function train(current: Run, steps: number): Promise<void> {
  const until = current.step + steps;
  const started = performance.now();
  const before = current.step;
  do {
    const point = await current.advance();
    if (point) {
      const stepsPerSecond = (1000 * (current.step - before)) / (performance.now() - started);
      reply({kind: 'point', point, epoch: current.epoch, stepsPerSecond});
    }
    await otherTasks();
  } while (!paused && current.step < until);
  reply({kind: 'rested', step: current.step, epoch: current.epoch});
}

const {port1, port2} = new MessageChannel();
/** Lets messages in, without a timer's wait of at least 4 ms. */
function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There are no crops yet.');
  return value;
}

function fail(error: unknown): void {
  console.warn(error, `${tf.memory().numTensors} tensors`);
  reply({kind: 'failed', message: error instanceof Error ? error.message : String(error)});
}
