import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {classWeights, SoftmaxCrossEntropy} from '../../src';
import {learnableWeightScaling} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {balancedAccuracy, batchesOfTail, longTail, tailModel, trainData} from '../helpers/long_tail';
import {weightsOf} from '../helpers/models';
import {served} from '../helpers/served';

test.before(() => useBackend('cpu'));

const classWeight = classWeights(longTail);

async function trained(): Promise<tf.Sequential> {
  const model = tailModel();
  model.compile({optimizer: tf.train.adam(0.02), loss: new SoftmaxCrossEntropy()});
  const {xs, ys} = trainData();
  await model.fit(xs, ys, {epochs: 6, batchSize: 32, verbose: 0, shuffle: false});
  return model;
}

test.serial('logits are the former ones times the scales, and only the classifier changes', async (t) => {
  const model = await trained();
  const {xs} = trainData();
  const before = (model.predict(xs) as tf.Tensor2D).arraySync();
  const weights = weightsOf(model);
  const accuracy = balancedAccuracy(model);
  const optimizer = tf.train.adam(0.05);
  const {scales, history} = await learnableWeightScaling(model, trainData(), {
    epochs: 20,
    classWeight,
    optimizer,
  });
  t.is(history.history.loss.length, 20);
  t.true((history.history.loss.at(-1) as number) < (history.history.loss[0] as number));
  t.true(scales.every((scale) => scale !== 1));
  const after = (model.predict(xs) as tf.Tensor2D).arraySync();
  const folded = (await served(model)).predict(xs) as tf.Tensor2D;
  t.deepEqual(folded.arraySync(), after);
  for (const [i, row] of before.entries()) {
    t.true(row.every((z, j) => Math.abs(z * scales[j] - after[i][j]) < 1e-5));
  }
  const changed = weightsOf(model).map((values, k) => values.some((value, i) => value !== weights[k][i]));
  const [kernel, bias] = model.getLayer('logits').getWeights();
  const own = model.getWeights().map(({id}) => id === kernel.id || id === bias.id);
  t.deepEqual(changed, own);
  t.true(balancedAccuracy(model) >= accuracy, `${accuracy} → ${balancedAccuracy(model)}`);
});

test.serial('the gradient is that of the scales: one step of SGD in closed form', async (t) => {
  const kernel = [
    [1, -0.5, 0.25],
    [0.5, 2, -1],
  ];
  const bias = [0.1, -0.2, 0.3];
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 3, inputShape: [2], activation: 'softmax'})],
  });
  model.setWeights([tf.tensor2d(kernel), tf.tensor1d(bias)]);
  model.compile({optimizer: tf.train.sgd(0.7), loss: 'categoricalCrossentropy'});
  const xs = [
    [1, 2],
    [-1, 0.5],
  ];
  const labels = [0, 2];
  const ys = tf.tensor2d([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  const gradient = [0, 0, 0];
  xs.forEach((x, i) => {
    const z = bias.map((b, j) => b + x[0] * kernel[0][j] + x[1] * kernel[1][j]);
    const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
    z.forEach((value, j) => {
      gradient[j] += ((Math.exp(value) / total - Number(j === labels[i])) * value) / 2;
    });
  });
  const {scales} = await learnableWeightScaling(model, {xs: tf.tensor2d(xs), ys}, {epochs: 1});
  t.true(gradient.every((g, j) => Math.abs(scales[j] - (1 - 0.7 * g)) < 1e-5));
});

test.serial('datasets, and memory', async (t) => {
  const model = await trained();
  const data = batchesOfTail();
  const tensors = tf.memory().numTensors;
  await learnableWeightScaling(model, data, {epochs: 2});
  t.is(tf.memory().numTensors, tensors);
  await t.throwsAsync(learnableWeightScaling(model, data, {epochs: 1, reinitialize: true} as never), {
    message: /"reinitialize"/,
  });
});
