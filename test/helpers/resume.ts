import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {EqualizationLoss, SoftmaxEqualizationLoss} from '../../src';
import {freqInfo, reload, smallData, smallModel, weightsOf} from './models';

/** Every optimizer whose state tfjs can save. */
export const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  nesterov: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  adam: () => tf.train.adam(0.01),
  'adam with other betas': () => tf.train.adam(0.01, 0.8, 0.97),
  rmsprop: () => tf.train.rmsprop(0.01),
  'rmsprop, centered, with momentum': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true),
};

const losses = {
  sigmoid: () => new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.7, seed: 11}),
  softmax: () => new SoftmaxEqualizationLoss({lambda: 0.5, freqInfo, seed: 11}),
};

/** Trains, saves, loads, and goes on with both models on the current backend: they must not differ in a bit. */
export async function checkResume(t: ExecutionContext, optimizer: () => tf.Optimizer): Promise<void> {
  for (const [kind, loss] of Object.entries(losses)) {
    const {xs} = smallData(40);
    const ys = tf.tensor1d(
      Array.from({length: 40}, (_, i) => (i * 3) % 5),
      'int32',
    );
    const model = smallModel();
    model.compile({optimizer: optimizer(), loss: loss()});
    const epochs = {epochs: 3, batchSize: 8, shuffle: false, verbose: 0} as const;
    await model.fit(xs, ys, epochs);
    const again = await reload(model);
    t.deepEqual(weightsOf(again), weightsOf(model), `${kind}: loaded weights`);
    const uninterrupted = await model.fit(xs, ys, epochs);
    const resumed = await again.fit(xs, ys, epochs);
    t.deepEqual(weightsOf(again), weightsOf(model), `${kind}: weights after going on`);
    t.deepEqual(resumed.history, uninterrupted.history, `${kind}: history`);
  }
}
