import * as tf from '@tensorflow/tfjs';
import {adjustLogits, ClassFrequency, fileSystem, GroupAccuracy} from '../../src/index.node';
import {startBackend} from './backend';
import {balancedCrops, type CropSet} from './data/crop_set';
import {CROP_SIDE} from './data/crops';
import {scanBatches} from './data/dataset';
import {trainingScans} from './data/scans';
import {METHODS, outputFrequencies} from './methods';
import {charCnn, predictLogits} from './network';
import {nextStep} from './next_step';
import type {Predictions, Reading, TrainingJob, TrainingMessage} from './training_job';

const BATCH_SIZE = 64;
const LEARNING_RATE = 1e-3;
const TAU = 1;

/** Trains one model as told and reports to the parent process. */
async function train(job: TrainingJob): Promise<void> {
  const start = Date.now();
  await startBackend(job.backend);
  const scans = trainingScans(job);
  const {lambda, seed} = job;
  const freqInfo = outputFrequencies(job.method, ClassFrequency.fromJSON(job.freqInfo));
  const model = charCnn({
    classes: freqInfo.numClasses,
    side: CROP_SIDE,
    seed,
    // Softmax starts from equal shares.
    prior: METHODS[job.method].outputs === 'sigmoid' ? undefined : 0.5,
  });
  model.compile({
    optimizer: tf.train.adam(LEARNING_RATE),
    loss: METHODS[job.method].loss({lambda, freqInfo, seed, background: job.background > 0}),
    metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})],
  });
  const sets = {test: balancedCrops('test'), seen: balancedCrops('seen')};
  const validation = balancedCrops('validation');
  const predicted: Record<Reading, Predictions> = {
    plain: {test: [], seen: [], validation: []},
    adjusted: {test: [], seen: [], validation: []},
  };
  const perEpoch = Math.ceil(scans.labels.length / BATCH_SIZE);
  await model.fitDataset(scanBatches(tf.data, scans, {batchSize: BATCH_SIZE, seed}), {
    epochs: job.epochs,
    verbose: 0,
    yieldEvery: 'never',
    callbacks: {
      onBatchEnd: async (batch: number, logs?: tf.Logs) => {
        if (batch % 10 !== 9 && batch + 1 !== perEpoch) return;
        const step = epoch * perEpoch + batch + 1;
        send({
          kind: 'progress',
          step,
          steps: job.epochs * perEpoch,
          epoch: epoch + 1,
          loss: Number(logs?.loss),
        });
      },
      onEpochEnd: async () => {
        ++epoch;
        const now = classesOf(model, validation, freqInfo);
        predicted.plain.validation.push(now.plain);
        predicted.adjusted.validation.push(now.adjusted);
      },
    },
  });
  const saved = job.saveTo;
  if (saved !== undefined) {
    // Not by URL: tfjs-node's own handler would neither make the directories on the way nor save atomically.
    await model.save(fileSystem(saved), {includeOptimizer: true});
  }
  for (const name of ['test', 'seen'] as const) {
    const read = classesOf(model, sets[name], freqInfo);
    predicted.plain[name] = read.plain;
    predicted.adjusted[name] = read.adjusted;
  }
  const next = saved === undefined ? undefined : await nextStep(model, scans.crops(0));
  send({kind: 'done', result: {predicted, nextStep: next, seconds: (Date.now() - start) / 1000}});
}

let epoch = 0;

/** The character of each crop by the highest logit, plain and adjusted; background is not asked for. */
function classesOf(
  model: tf.LayersModel,
  {images, classes}: CropSet,
  freqInfo: ClassFrequency,
): Record<Reading, number[]> {
  return tf.tidy(() => {
    const logits = predictLogits(model, images, CROP_SIDE);
    const highest = (z: tf.Tensor) =>
      Array.from(tf.argMax(tf.slice(z, [0, 0], [-1, classes.length]), 1).dataSync());
    return {plain: highest(logits), adjusted: highest(adjustLogits(logits, freqInfo, {tau: TAU}))};
  });
}

function send(message: TrainingMessage): void {
  process.send?.(message);
}

// A parent that is gone has no use for the result.
let finished = false;
process.on('disconnect', () => {
  if (!finished) process.exit(1);
});

process.on('message', (job: TrainingJob) => {
  train(job)
    .then(() => {
      finished = true;
      process.disconnect();
    })
    .catch((error) => {
      console.error(error);
      process.exit(1);
    });
});
