import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {calibration, precisionRecall} from '../../src/report';
import {checkBatch, requireScores} from '../../src/report/check_batch';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

test('ignored rows may hold anything', (t) => {
  const scores = tf.tensor2d([
    [1, 2],
    [Number.NaN, 0],
  ]);
  const check = (labels: number[], ignored?: number) =>
    tf.tidy(() => checkBatch(tf.tensor1d(labels, 'int32'), scores, ignored));
  t.throws(() => check([0, 1]), {
    name: 'ValueError',
    message: /`yPred` to hold numbers\. Received: NaN in row 1/,
  });
  t.throws(() => check([0, 255]), {message: /`yTrue` to hold integers/});
  t.notThrows(() => check([0, 255], 255));
  t.notThrows(() => tf.tidy(() => checkBatch(tf.zeros([0]), tf.zeros([0, 2]), undefined)));
});

test('checks each form of labels', (t) => {
  const scores = tf.zeros([2, 2]);
  const check = (labels: tf.Tensor) => tf.tidy(() => checkBatch(labels, scores, undefined));
  for (const width of [2, 3]) {
    t.notThrows(() => check(tf.zeros([2, width])));
    t.throws(() => check(tf.fill([2, width], 2)), {message: /`yTrue` to hold values in 0 … 1/});
  }
});

test('refuses infinite logits if a softmax is taken, as they have none', async (t) => {
  t.notThrows(() => requireScores([1, Number.NaN], 1, [1, 0]));
  t.throws(() => requireScores([1, Number.NaN]), {name: 'ValueError', message: /`yPred`/});
  const model = {predict: () => tf.tensor2d([[Number.POSITIVE_INFINITY, 0]])};
  const data = {xs: tf.zeros([1, 1]), ys: tf.tensor1d([0], 'int32')};
  for (const judge of [calibration, precisionRecall]) {
    await t.throwsAsync(judge(model, data), {name: 'ValueError', message: /`yPred` to hold finite scores/});
  }
  const [{error}] = await calibration(model, data, {activation: 'sigmoid'});
  t.is(error, 0);
});
