import * as tf from '@tensorflow/tfjs';
import {ClassFrequency, EqualizationLoss} from 'tfjs-longtail';
import type {Check, Pair, SavedRun} from '../protocol';
import type {Crops} from './crops';
import {Run} from './run';

const urlOf = (name: string) => `indexeddb://tfjs-longtail-demo-${name}`;
/** The rows of the training step that compares a loaded model with the saved one. */
const PROBE = Array.from({length: 64}, (_, row) => row);
/** Every fifth test crop, some of each class: all of them would take a software GPU most of a minute. */
const probedCrops = ({test}: Crops) => Array.from(test.labels.keys()).filter((row) => row % 5 === 0);

/** Saves both models, then trains one more step, which the loaded models must repeat. */
export async function saveRun(run: Run): Promise<{saved: SavedRun; bytes: number}> {
  let bytes = 0;
  for (const [name, model] of Object.entries(run.models)) {
    const {modelArtifactsInfo} = await model.save(urlOf(name), {includeOptimizer: true});
    bytes += modelArtifactsInfo.weightDataBytes ?? 0;
  }
  const {history, lambda, step} = run;
  const {samples} = run.crops;
  const iterations = iterationsOf(run);
  const evaluation = await run.evaluate(probedCrops(run.crops));
  const next = await probe(run);
  return {saved: {samples, lambda, step, history: [...history], iterations, evaluation, next}, bytes};
}

/** Loads both models with an unchanged tfjs call, and compares the EQL model with the record made on saving. */
export async function loadRun(crops: Crops, saved: SavedRun): Promise<{run: Run; checks: Check[]}> {
  const models: Pair<tf.LayersModel> = {
    baseline: await tf.loadLayersModel(urlOf('baseline')),
    eql: await tf.loadLayersModel(urlOf('eql')),
  };
  const run = new Run(crops, saved.lambda, models, saved);
  const loss = models.eql.loss as unknown;
  const own = loss instanceof EqualizationLoss ? loss : undefined;
  const checks: Check[] = [
    check('Loss', 'EqualizationLoss', own ? own.getClassName() : String(loss)),
    check('λ', String(saved.lambda), String(own?.lambda)),
    sameFrequencies(crops.freqInfo, own?.freqInfo),
    check('Adam’s step', String(saved.iterations), String(iterationsOf(run))),
  ];
  const rows = probedCrops(crops);
  const names = [`Loss on ${rows.length} test crops`, '… accuracy', '… accuracy, rare'];
  const evaluation = await run.evaluate(rows);
  names.forEach((name, i) => {
    checks.push(check(name, String(saved.evaluation[i]), String(evaluation[i])));
  });
  const next = await probe(run);
  checks.push(check('One more step: loss', String(saved.next.loss), String(next.loss)));
  checks.push(check('… and all weights after it', saved.next.weights, next.weights));
  return {run, checks};
}

function check(what: string, saved: string, loaded: string): Check {
  return {what, saved, loaded, holds: saved === loaded};
}

function iterationsOf({models}: Run): number {
  return (models.eql.optimizer as unknown as {iterations: number}).iterations;
}

function sameFrequencies(saved: ClassFrequency, loaded: unknown): Check {
  const [before, after] = [saved, loaded].map((info) =>
    info instanceof ClassFrequency ? info.toJSON() : null,
  );
  const text = (of: typeof before) =>
    of ? `${of.image_counts.length} classes of ${of.num_images} crops` : 'none';
  const holds = JSON.stringify(before) === JSON.stringify(after);
  return {what: 'Class frequencies', saved: text(before), loaded: text(after), holds};
}

async function probe(run: Run): Promise<SavedRun['next']> {
  const {eql} = await run.trainOn(PROBE);
  return {loss: eql, weights: await fingerprint(run.models.eql)};
}

/** A hash of all weights, bit by bit (FNV-1a over 32-bit words). */
async function fingerprint(model: tf.LayersModel): Promise<string> {
  let hash = 0x811c9dc5;
  for (const weight of model.getWeights()) {
    const values = (await weight.data()) as Float32Array;
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
