import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {SigmoidCrossEntropy, SoftmaxCrossEntropy} from '../../src';
import {Random} from '../../src/core/random';
import {ClassFrequency} from '../../src/frequency';
import {fileSystem} from '../../src/index.node';
import {classAware} from '../../src/sampling';
import {adjustLogits, retrainClassifier, tauNormalize} from '../../src/training';
import {startBackend} from './backend';
import {balancedCrops, type CropSet, type HeldOut} from './data/crop_set';
import {sampledScans} from './data/sampled_scans';
import {trainingScans} from './data/scans';
import {BATCH_SIZE, LEARNING_RATE, METHODS, outputFrequencies} from './methods';
import {charactersOf, logitsOf} from './predict';
import {groupAccuracies} from './scores';
import type {SecondStageJob, SecondStageResult} from './second_stage';
import {serveJob} from './serve_job';

/** The values of τ that τ-normalization tries on validation crops. */
const TAUS = [0, 0.25, 0.5, 0.75, 1];

/** More than the number of crops, so that no two seeds draw the same crop. */
const CROPS_APART = 1_000_003;

type Sets = Record<HeldOut, CropSet>;

/** Starts from a trained model, whose files stay unchanged. */
async function goOn(job: SecondStageJob): Promise<SecondStageResult> {
  await startBackend(job.backend);
  const model = await tf.loadLayersModel(fileSystem(join(job.model, 'model.json')));
  const [test, seen, validation] = (['test', 'seen', 'validation'] as const).map((split) =>
    balancedCrops(split),
  );
  const sets = {test, seen, validation};
  switch (job.after) {
    case 'la':
      return adjusted(job, model, sets);
    case 'tau':
      return normalized(job, model, sets);
    case 'crt':
    case 'crt-same':
      await retrain(job, model);
      return read(sets, (crops) => logitsOf(model, crops));
  }
}

function adjusted(job: SecondStageJob, model: tf.LayersModel, sets: Sets): SecondStageResult {
  const {method, tau} = job;
  const freqInfo = outputFrequencies(method, ClassFrequency.fromJSON(job.freqInfo));
  return read(sets, (crops) => adjustLogits(logitsOf(model, crops), freqInfo, {tau}));
}

/** Uses the given τ, or the one with the most correct validation crops. */
function normalized(job: SecondStageJob, model: tf.LayersModel, sets: Sets): SecondStageResult {
  const freqInfo = ClassFrequency.fromJSON(job.freqInfo);
  const {labels} = sets.validation;
  const tried = (job.tau === undefined ? TAUS : [job.tau]).map((tau) => {
    const changed = tauNormalize(model, {tau});
    try {
      const result = read(sets, (crops) => logitsOf(changed, crops));
      return {result, tau, right: groupAccuracies(freqInfo, labels, result.validation[0]).overall};
    } finally {
      changed.dispose();
    }
  });
  const {result, tau} = tried.reduce((best, next) => (next.right > best.right ? next : best));
  return {...result, tau};
}

/** `crt` draws a crop afresh each time it is shown; `crt-same` draws it once, with one box and one noise. */
async function retrain(job: SecondStageJob, model: tf.LayersModel): Promise<void> {
  const fresh = trainingScans(job);
  const {seed} = job;
  const cropOnce = (row: number) => fresh.crop(row, new Random(seed * CROPS_APART + row));
  const scans = job.after === 'crt-same' ? {...fresh, crop: cropOnce} : fresh;
  const loss =
    METHODS[job.method].outputs === 'sigmoid' ? new SigmoidCrossEntropy() : new SoftmaxCrossEntropy();
  const data = sampledScans(scans, {batchSize: BATCH_SIZE, seed, sampler: classAware});
  await retrainClassifier(model, data, {
    epochs: job.epochs,
    loss,
    metrics: [],
    optimizer: tf.train.adam(LEARNING_RATE),
  });
}

/** The characters that the logits predict. */
function read(sets: Sets, logits: (crops: CropSet) => tf.Tensor): SecondStageResult {
  const of = (crops: CropSet) => tf.tidy(() => charactersOf(logits(crops), crops.classes.length));
  return {test: of(sets.test), seen: of(sets.seen), validation: [of(sets.validation)]};
}

serveJob(goOn);
