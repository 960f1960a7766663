import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as longtail from '../../src';
import {Loss, Metric} from '../../src';
import {CLASSES, freqInfo, savedArtifacts, smallData, smallModel} from '../helpers/models';
import '../fixtures/saved-by-0.1/custom_classes';
import type {SavedFiles} from './mutate';

const SAVED = join(__dirname, '../fixtures/saved-by-0.1');

function fixtures(): SavedFiles[] {
  const folders = readdirSync(SAVED, {withFileTypes: true}).filter((entry) => entry.isDirectory());
  return folders.map(({name}) => {
    const json = JSON.parse(readFileSync(join(SAVED, name, 'model.json'), 'utf8'));
    const [path] = json.weightsManifest[0].paths;
    json.weightsManifest[0].paths = ['weights.bin'];
    return {json, weights: readFileSync(join(SAVED, name, path))};
  });
}

export type Made = Loss | Metric;
export type Class = {prototype: object; className: string} & (new (options: object) => Made);

/** The classes of this package that a model can be compiled with. */
export function concrete(base: typeof Loss | typeof Metric): Class[] {
  return Object.values(longtail).filter(
    (cls): cls is Class & typeof cls =>
      typeof cls === 'function' && cls.prototype instanceof base && Object.hasOwn(cls, 'className'),
  ) as unknown as Class[];
}

/** What every class takes, as far as it knows it. */
export const OPTIONS: Record<string, unknown> = {
  freqInfo,
  numClasses: CLASSES,
  lambda: 0.05,
  gamma: 0.3,
  smoothHead: 0.3,
  smoothTail: 0.1,
  group: 'rare',
  k: 2,
};

/** An instance with as many of the options as it takes. */
export function make(cls: Class): Made {
  const names = Object.keys(OPTIONS);
  for (let mask = 2 ** names.length - 1; mask >= 0; mask--) {
    const chosen = names.filter((_, i) => mask & (1 << i));
    try {
      return new cls(Object.fromEntries(chosen.map((name) => [name, OPTIONS[name]])));
    } catch {}
  }
  throw new Error(`${cls.className} needs an option that OPTIONS lacks.`);
}

async function trained(loss: Made, metric: Made): Promise<SavedFiles> {
  const model = smallModel();
  const {xs} = smallData(20);
  const ys = tf.tensor1d(
    Array.from({length: 20}, (_, i) => i % CLASSES),
    'int32',
  );
  model.compile({optimizer: 'adam', loss: loss as never, metrics: [metric] as never});
  await model.trainOnBatch(xs, ys);
  const {weightData, weightSpecs, ...json} = await savedArtifacts(model);
  model.optimizer.dispose();
  model.dispose();
  tf.dispose([xs, ys]);
  const weightsManifest = [{paths: ['weights.bin'], weights: weightSpecs}];
  return {json: {...json, weightsManifest} as never, weights: new Uint8Array(weightData as ArrayBuffer)};
}

/** Files of version 0.1, and of a model with each loss and each metric, after a step of training. */
export async function corpus(): Promise<SavedFiles[]> {
  const losses = concrete(Loss);
  const metrics = concrete(Metric).filter((cls) => !/^Binary/.test(cls.className));
  const files: SavedFiles[] = [];
  const {warn} = console;
  console.warn = () => {};
  for (let i = 0; i < Math.max(losses.length, metrics.length); i++) {
    files.push(await trained(make(losses[i % losses.length]), make(metrics[i % metrics.length])));
  }
  console.warn = warn;
  return [...fixtures(), ...files];
}
