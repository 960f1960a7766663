import * as tf from '@tensorflow/tfjs';
import {adjustLogits, ClassFrequency, fileSystem, GroupAccuracy} from '../../src/index.node';
import {startBackend} from './backend';
import {balancedCrops, type CropSet} from './data/crop_set';
import {CROP_SIDE} from './data/crops';
import {scanBatches} from './data/dataset';
import {sampledScans} from './data/sampled_scans';
import {trainingScans} from './data/scans';
import {BATCH_SIZE, LEARNING_RATE, METHODS, outputFrequencies} from './methods';
import {charCnn} from './network';
import {nextStep} from './next_step';
import {charactersOf, logitsOf} from './predict';
import {serveJob} from './serve_job';
import type {Predictions, Reading, TrainingJob, TrainingResult, TrainingStep} from './training_job';

const TAU = 1;

/** Trains one model as the job says, and reports progress to the parent process. */
async function train(job: TrainingJob): Promise<TrainingResult> {
  const start = Date.now();
  await startBackend(job.backend);
  const scans = trainingScans(job);
  const {lambda, gamma, seed, epochs} = job;
  const method = METHODS[job.method];
  const freqInfo = outputFrequencies(job.method, ClassFrequency.fromJSON(job.freqInfo));
  const model = charCnn({
    classes: freqInfo.numClasses,
    side: CROP_SIDE,
    seed,
    // Softmax starts from equal shares: a bias of 0.
    prior: method.outputs === 'sigmoid' ? undefined : 0.5,
  });
  const setting = {lambda, gamma, freqInfo, seed, epochs, background: job.background > 0};
  model.compile({
    optimizer: tf.train.adam(LEARNING_RATE),
    loss: method.loss(setting),
    metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})],
  });
  const validation = balancedCrops('validation');
  const predicted: Record<Reading, Predictions> = {
    plain: {test: [], seen: [], validation: []},
    adjusted: {test: [], seen: [], validation: []},
  };
  const perEpoch = Math.ceil(scans.labels.length / BATCH_SIZE);
  let epoch = 0;
  const report = new tf.CustomCallback(
    {
      onBatchEnd: async (batch: number, logs?: tf.Logs) => {
        if (batch % 10 !== 9 && batch + 1 !== perEpoch) return;
        // Samplers that repeat have longer epochs.
        const share = Math.min(1, (batch + 1) / perEpoch);
        send({kind: 'progress', share: (epoch + share) / epochs, epoch: epoch + 1, loss: Number(logs?.loss)});
      },
      onEpochEnd: async () => {
        ++epoch;
        const now = classesOf(model, validation, freqInfo);
        predicted.plain.validation.push(now.plain);
        predicted.adjusted.validation.push(now.adjusted);
      },
    },
    'never',
  );
  const {sampler} = method;
  const batches = {batchSize: BATCH_SIZE, seed};
  const data = sampler ? sampledScans(scans, {...batches, sampler}) : scanBatches(tf.data, scans, batches);
  await model.fitDataset(data as tf.data.Dataset<never>, {
    epochs,
    verbose: 0,
    callbacks: [report, ...(method.callbacks ? [method.callbacks(setting)] : [])],
  });
  const {saveTo, thenStep} = job;
  if (saveTo !== undefined) {
    // Not by URL: tfjs-node's own handler would neither create the directories nor save atomically.
    await model.save(fileSystem(saveTo), {includeOptimizer: true});
  }
  for (const name of ['test', 'seen'] as const) {
    const read = classesOf(model, balancedCrops(name), freqInfo);
    predicted.plain[name] = read.plain;
    predicted.adjusted[name] = read.adjusted;
  }
  const next = thenStep ? await nextStep(model, scans.crops(0)) : undefined;
  return {predicted, nextStep: next, seconds: (Date.now() - start) / 1000};
}

/** The character of each crop, with plain and with adjusted logits. */
function classesOf(
  model: tf.LayersModel,
  crops: CropSet,
  freqInfo: ClassFrequency,
): Record<Reading, number[]> {
  return tf.tidy(() => {
    const logits = logitsOf(model, crops);
    const {length} = crops.classes;
    return {
      plain: charactersOf(logits, length),
      adjusted: charactersOf(adjustLogits(logits, freqInfo, {tau: TAU}), length),
    };
  });
}

function send(step: {kind: 'progress'} & TrainingStep): void {
  process.send?.(step);
}

serveJob(train);
