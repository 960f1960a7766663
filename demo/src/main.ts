import {element, enable, onPress} from './element';
import {OwnSection} from './own/section';
import type {Reply, Request} from './protocol';
import {keepRun, savedRun} from './saved_runs';
import {TailSection} from './tail_section';
import {TrainingSection} from './training_section';
import {showProof} from './view/proof';

const BATCH_SIZE = 64;
/** Passes through the training set before training pauses. */
const EPOCHS = 2;
/** Steps between two reports to a screen reader. */
const STEPS_PER_WORD = 100;

type Phase = 'preparing' | 'ready' | 'training' | 'pausing' | 'rested' | 'busy';

const worker = new Worker(new URL('./worker/index.ts', import.meta.url), {type: 'module'});
const ask = (request: Request) => worker.postMessage(request);
const save = element<HTMLButtonElement>('save');
const load = element<HTMLButtonElement>('load');
const saveStatus = element('save-status');
const training = new TrainingSection();
const tail = new TailSection(prepare, () => setPhase(phase));
let phase: Phase = 'preparing';
/** The current training step. */
let step = 0;
/** The λ of the current training. */
let lambda: number | undefined;

function setPhase(next: Phase): void {
  phase = next;
  const idle = phase === 'ready' || phase === 'rested';
  const names = {training: 'Pause', pausing: 'Pausing …', rested: 'Continue'} as Partial<
    Record<Phase, string>
  >;
  training.button.textContent = names[phase] ?? 'Train';
  enable(training.button, idle || phase === 'training');
  enable(training.restart, phase === 'rested');
  training.enableBackends(idle);
  tail.enable(idle);
  enable(save, phase === 'rested');
  enable(load, idle && savedRun() !== undefined);
  if (phase === 'rested' && lambda !== undefined && tail.lambda !== lambda) {
    training.status(
      `Trained with λ = ${lambda.toPrecision(3)} so far. Start over to train with the new one.`,
    );
  }
}

function prepare(samples: number): void {
  setPhase('preparing');
  training.begin([], stepsPerRest());
  training.status('Getting ready …');
  ask({kind: 'crops', samples});
}

function stepsPerRest(): number {
  return EPOCHS * Math.floor((tail.crops?.numImages ?? 0) / BATCH_SIZE);
}

function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0);
}

function start(): void {
  const steps = stepsPerRest();
  lambda = tail.lambda;
  step = 0;
  training.begin([], steps);
  training.status(`Starting ${training.backend} …`);
  ask({kind: 'start', backend: training.backend, lambda, steps});
  setPhase('training');
}

function goOn(): void {
  const rest = stepsPerRest();
  const steps = rest - (step % rest);
  training.extend(step + steps);
  training.status('Going on …');
  ask({kind: 'continue', steps});
  setPhase('training');
}

onPress(training.button, () => {
  if (phase === 'ready') start();
  else if (phase === 'rested') goOn();
  else {
    ask({kind: 'pause'});
    setPhase('pausing');
  }
});
onPress(training.restart, start);
onPress(save, () => {
  saveStatus.textContent = 'Saving …';
  ask({kind: 'save'});
  setPhase('busy');
});
onPress(load, () => {
  const run = savedRun();
  if (run === undefined) return;
  saveStatus.textContent = 'Loading …';
  ask({kind: 'load', backend: training.backend, run});
  setPhase('busy');
});

worker.onmessage = ({data}: MessageEvent<Reply>) => {
  switch (data.kind) {
    case 'backends':
      training.showBackends(data.available, data.preset);
      break;
    case 'progress':
      tail.progress(data.share, data.what);
      break;
    case 'crops':
      tail.show(data.view);
      training.showCrops(data.view);
      if (phase === 'preparing') {
        training.status('Ready.');
        setPhase('ready');
      }
      break;
    case 'point':
      step = data.point.step;
      training.add(data.point);
      training.status(
        `Epoch ${data.epoch + 1}, step ${step}, ${rate(data.stepsPerSecond)} steps a second`,
        step % STEPS_PER_WORD === 0,
      );
      break;
    case 'rested':
      step = data.step;
      training.status(`Resting at step ${step}.`);
      setPhase('rested');
      break;
    case 'saved':
      keepRun(data.run);
      saveStatus.textContent = `Saved both models at step ${data.run.step}: ${(data.bytes / 1e6).toFixed(1)} MB.`;
      setPhase('rested');
      break;
    case 'loaded':
      ({step, lambda} = data.run);
      tail.setLambda(lambda);
      training.begin(data.run.history, Math.max(step, stepsPerRest()));
      training.status(`Loaded: resting at step ${step}.`);
      saveStatus.textContent = 'Loaded both models back.';
      showProof(element('proof'), data.checks);
      setPhase('rested');
      break;
    case 'failed':
      training.status(`That did not work: ${data.message}`);
      if (phase === 'busy') saveStatus.textContent = `That did not work: ${data.message}`;
      setPhase(tail.crops ? 'ready' : 'preparing');
  }
};
worker.onerror = (event) => training.status(`The worker stopped: ${event.message}`);

new OwnSection();
if (savedRun()) saveStatus.textContent = 'There are models from an earlier visit.';
prepare(Number(element<HTMLSelectElement>('samples').value));
