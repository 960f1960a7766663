import {pathToFileURL} from 'node:url';
import * as tf from '@tensorflow/tfjs';
import '../../src/index.node';
import {BalancedAccuracy, EqualizationLoss, GroupAccuracy, SeesawLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, weightsOf} from '../helpers/models';

export interface WorkerJob {
  backend: 'cpu' | 'wasm';
  loss: keyof typeof losses;
  folder: string;
  /** Tells the models of two jobs apart. */
  rate: number;
  /** How often the model is saved, with an epoch between; endless if not finite. */
  saves: number;
}

/** Weights as they were saved, each time, and after going on with the model loaded from the folder. */
export interface WorkerOutcome {
  saved: number[][][];
  goneOn: number[][];
  history: number[];
  config: string;
}

const losses = {
  drawn: () => new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.7, seed: 11}),
  stateful: () => new SeesawLoss({numClasses: CLASSES}),
};

const urlOf = (folder: string, file = '') => `${pathToFileURL(folder).href}${file}`;

/** Trains and saves by turns, loads what is in the folder then, and trains on. */
export async function trainSaveAndGoOn(
  {backend, loss, folder, rate, saves}: WorkerJob,
  onSaved: () => void = () => {},
): Promise<WorkerOutcome> {
  await useBackend(backend);
  const {xs} = smallData(40);
  const ys = tf.tensor1d(
    Array.from({length: 40}, (_, i) => (i * 3) % CLASSES),
    'int32',
  );
  const model = smallModel();
  const metrics = [new BalancedAccuracy(), new GroupAccuracy({group: 'rare', freqInfo})] as never;
  model.compile({optimizer: tf.train.adam(rate), loss: losses[loss]() as never, metrics});
  const epochs = {epochs: 1, batchSize: 8, shuffle: false, verbose: 0} as const;
  const saved: number[][][] = [];
  for (let i = 0; i < saves; i++) {
    await model.fit(xs, ys, epochs);
    saved.push(weightsOf(model));
    await model.save(urlOf(folder), {includeOptimizer: true});
    onSaved();
  }
  const again = await tf.loadLayersModel(urlOf(folder, '/model.json'));
  const {history} = await again.fit(xs, ys, {...epochs, epochs: 2});
  const config = JSON.stringify([again.loss, ...(again.metrics as unknown[])].map(configOf));
  return {saved, goneOn: weightsOf(again), history: Object.values(history).flat() as number[], config};
}

function configOf(entry: unknown) {
  const {getConfig, getState} = entry as SeesawLoss;
  return [getConfig.call(entry as SeesawLoss), getState?.call(entry as SeesawLoss)];
}
