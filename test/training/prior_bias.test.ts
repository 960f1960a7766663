import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency, EqualizationLoss} from '../../src';
import {priorBias, setPriorBias} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {served} from '../helpers/served';

test.before(() => useBackend('cpu'));

const FREQUENCIES = [0.5, 0.1, 0.005];

function model(activation: 'linear' | 'softmax' | 'sigmoid' = 'linear', units = 3) {
  const layer = tf.layers.dense({units, inputShape: [2], activation, kernelInitializer: 'zeros'});
  return tf.sequential({layers: [layer]});
}

const outputs = (of: tf.LayersModel) => Array.from((of.predict(tf.ones([1, 2])) as tf.Tensor).dataSync());
const sigmoids = (of: tf.LayersModel) => outputs(of).map((z) => 1 / (1 + Math.exp(-z)));
const isClose = (actual: number[], wanted: number[]) =>
  actual.length === wanted.length &&
  wanted.every((value, j) => Math.abs(value - actual[j]) < 1e-6 * Math.max(1, value));

test('a fresh layer predicts π, and loads without the package', async (t) => {
  for (const prior of [0.01, 0.5, 0.999]) {
    const layer = tf.layers.dense({
      units: 3,
      inputShape: [2],
      kernelInitializer: 'zeros',
      biasInitializer: priorBias(prior),
    });
    const fresh = tf.sequential({layers: [layer]});
    t.true(isClose(sigmoids(fresh), [prior, prior, prior]));
    t.true(isClose(sigmoids(await served(fresh)), [prior, prior, prior]));
  }
  for (const prior of [0, 1, -1, Number.NaN, '0.1', [0.1]]) {
    t.throws(() => priorBias(prior as number), {message: /`prior`/});
  }
});

test('σ(bias) is the frequency, softmax(bias) the share', (t) => {
  const counts = new ClassFrequency({imageCounts: [500, 100, 5], numImages: 1000});
  const total = FREQUENCIES.reduce((sum, f) => sum + f, 0);
  for (const freqInfo of [counts, FREQUENCIES]) {
    const sigmoid = model();
    setPriorBias(sigmoid, freqInfo, {activation: 'sigmoid'});
    t.true(isClose(sigmoids(sigmoid), FREQUENCIES));
    const softmax = model('softmax');
    setPriorBias(softmax, freqInfo);
    t.true(
      isClose(
        outputs(softmax),
        FREQUENCIES.map((f) => f / total),
      ),
    );
    const implied = model();
    implied.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0, freqInfo: FREQUENCIES})});
    setPriorBias(implied, freqInfo);
    t.true(isClose(sigmoids(implied), FREQUENCIES));
  }
});

test('no frequency gives an infinite bias', (t) => {
  const one = model('sigmoid', 1);
  for (const [freqInfo, wanted] of [
    [new ClassFrequency({imageCounts: [0], numImages: 10}), undefined],
    [new ClassFrequency({imageCounts: [10], numImages: 10}), 0.9],
    [[0.25], 0.25],
  ] as const) {
    if (wanted === undefined) {
      t.throws(() => setPriorBias(one, freqInfo), {message: /`freqInfo` to be of classes with images/});
      continue;
    }
    setPriorBias(one, freqInfo);
    t.true(isClose(outputs(one), [wanted]));
  }
  const three = model();
  setPriorBias(three, new ClassFrequency({imageCounts: [100, 0, 3], numImages: 100}), {
    activation: 'sigmoid',
  });
  t.true(isClose(sigmoids(three), [0.99, 0.01, 0.03]));
});

test('invalid arguments are rejected, and nothing changes', (t) => {
  const given = model();
  for (const [freqInfo, options, message] of [
    [[0.5, 0.5], {}, /about 3 classes/],
    [FREQUENCIES, {activation: 'relu'}, /`activation`/],
    [FREQUENCIES, {activaton: 'softmax'}, /"activaton"/],
  ] as Array<[number[], never, RegExp]>) {
    t.throws(() => setPriorBias(given, freqInfo, options), {message, name: 'ValueError'});
  }
  t.throws(() => setPriorBias(model('linear', 1), [0.5], {activation: 'softmax'}), {message: /`activation`/});
  const layer = tf.layers.dense({units: 3, inputShape: [2], useBias: false, name: 'bare'});
  t.throws(() => setPriorBias(tf.sequential({layers: [layer]}), FREQUENCIES), {
    message: /layer 'bare' has a bias/,
  });
  t.deepEqual(outputs(given), [0, 0, 0]);
});
