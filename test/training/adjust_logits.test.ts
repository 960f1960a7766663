import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {adjustLogits, ClassFrequency} from '../../src';
import {useBackend} from '../helpers/backends';
import {largestRelativeError} from '../helpers/loss_fixtures';

const freqInfo = new ClassFrequency({imageCounts: [600, 40, 0], numImages: 1000});
const logits = [1, -2, 3, 0.5, 0, -1];

test.before(() => useBackend('cpu'));

test('z − τ · log π in float64, on any shape; a class without images counts as having one', (t) => {
  for (const tau of [0, 0.5, 1, 2]) {
    const expected = logits.map((z, i) => z - tau * Math.log([600, 40, 1][i % 3] / 641));
    for (const shape of [
      [2, 3],
      [1, 2, 3],
    ]) {
      const adjusted = adjustLogits(tf.tensor(logits, shape), freqInfo, {tau});
      t.deepEqual(adjusted.shape, shape);
      t.true(largestRelativeError(Array.from(adjusted.dataSync()), expected, 1e-3) < 1e-6);
    }
  }
  const [one] = adjustLogits(tf.tensor1d([0, 0, 0]), freqInfo).dataSync();
  t.true(Math.abs(one + Math.log(600 / 641)) < 1e-6);
});

test('it leaves no tensor but its result', (t) => {
  const z = tf.tensor2d(logits, [2, 3]);
  const before = tf.memory().numTensors;
  adjustLogits(z, freqInfo).dispose();
  t.is(tf.memory().numTensors, before);
});

test('invalid arguments are rejected', (t) => {
  const z = tf.zeros([1, 3]);
  t.throws(() => adjustLogits([1, 2, 3] as never, freqInfo), {message: /`logits` to be a tensor/});
  t.throws(() => adjustLogits(tf.zeros([1, 2]), freqInfo), {message: /`freqInfo` to be about 2 classes/});
  t.throws(() => adjustLogits(tf.zeros([1, 1]), [0.5]), {message: /at least two classes/});
  t.throws(() => adjustLogits(z, freqInfo, {tau: -1}), {message: /`tau`/});
  t.throws(() => adjustLogits(z, freqInfo, {taus: 1} as never), {message: /did you mean "tau"/});
  t.throws(() => adjustLogits(z, undefined as never), {message: /`freqInfo`/});
});
