import * as tf from '@tensorflow/tfjs';
import {
  ClassFrequency,
  EqualizationLoss,
  fileSystem,
  GroupAccuracy,
  SoftmaxEqualizationLoss,
} from '../../src/index.node';
import {startBackend} from './backend';
import {CROP_SIDE} from './data/crops';
import {cropDataset, trainingBatches} from './data/dataset';
import {charCnn, predictLogits} from './network';
import {nextStep} from './next_step';
import {readCrops, type TrainingJob, type TrainingMessage} from './training_job';

const BATCH_SIZE = 64;
const LEARNING_RATE = 1e-3;

/** Trains one model as told and reports to the parent process. */
async function train(job: TrainingJob): Promise<void> {
  const start = Date.now();
  await startBackend(job.backend);
  const training = readCrops(job.trainingFile);
  const test = readCrops(job.testFile);
  const freqInfo = ClassFrequency.fromJSON(job.freqInfo);
  const model = charCnn({classes: job.classes, side: CROP_SIDE, seed: job.seed});
  const {kind, ...options} = job.loss;
  model.compile({
    optimizer: tf.train.adam(LEARNING_RATE),
    loss:
      kind === 'sigmoid'
        ? new EqualizationLoss({...options, freqInfo})
        : new SoftmaxEqualizationLoss({...options, freqInfo, seed: job.seed}),
    metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})],
  });
  const size = training.labels.length;
  const batches = trainingBatches(cropDataset(tf.data, training), size, {
    batchSize: BATCH_SIZE,
    seed: job.seed,
  });
  const perEpoch = Math.ceil(size / BATCH_SIZE);
  const {history} = await model.fitDataset(batches, {
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
      onEpochEnd: async () => void ++epoch,
    },
  });
  const saved = job.saveTo;
  if (saved !== undefined) {
    // Not by URL: tfjs-node's own handler would neither make the directories on the way nor save atomically.
    await model.save(fileSystem(saved), {includeOptimizer: true});
  }
  const predicted = highest(predictLogits(model, test.images, CROP_SIDE), job.classes);
  const next = saved === undefined ? undefined : await nextStep(model, training);
  const seconds = (Date.now() - start) / 1000;
  send({
    kind: 'done',
    result: {predicted, history: history as Record<string, number[]>, nextStep: next, seconds},
  });
}

let epoch = 0;

function highest(logits: Float32Array, classes: number): number[] {
  return Array.from({length: logits.length / classes}, (_, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
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
