import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {adjustLogits, withAdjustedLogits} from '../../src';
import {useBackend} from '../helpers/backends';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {weightsOf} from '../helpers/models';
import {endings, predictions, served} from '../helpers/served';

const FREQUENCIES = [0.6, 0.3, 0.01, 0];

test.before(() => useBackend('cpu'));

for (const [ending, make] of Object.entries(endings)) {
  test(`the logits equal those of adjustLogits: ${ending}`, async (t) => {
    const model = make();
    const before = weightsOf(model);
    for (const tau of [0, 0.5, 1]) {
      const adjusted = withAdjustedLogits(model, FREQUENCIES, {tau});
      const shift = FREQUENCIES.map((f) => tau * Math.log(Math.max(f, 0.01) / 0.92));
      const expected = predictions(model).map((z, i) => z - shift[i % 4]);
      t.true(largestRelativeError(predictions(adjusted), expected, 1) < 1e-6);
      t.true(largestRelativeError(predictions(await served(adjusted)), expected, 1) < 1e-6);
    }
    t.deepEqual(weightsOf(model), before, 'the model stays as it is');
  });

  test(`an activation stays after the logits: ${ending}`, (t) => {
    for (const [activation, normalize] of [
      ['softmax', tf.softmax],
      ['sigmoid', tf.sigmoid],
    ] as const) {
      const model = make(activation);
      const plain = make();
      plain.setWeights(model.getWeights());
      const logits = tf.tensor(predictions(plain), [predictions(plain).length / 4, 4]);
      const expected = normalize(adjustLogits(logits, FREQUENCIES) as tf.Tensor2D).dataSync();
      const actual = predictions(withAdjustedLogits(model, FREQUENCIES));
      t.true(largestRelativeError(actual, Array.from(expected), 1e-2) < 1e-5, activation);
    }
  });
}

test('it is a separate model: training it does not change the other', async (t) => {
  const model = endings['sequential, activation in the dense layer']();
  const before = weightsOf(model);
  const adjusted = withAdjustedLogits(model, FREQUENCIES);
  adjusted.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  await adjusted.trainOnBatch(tf.ones([2, 3]), tf.ones([2, 4]));
  t.deepEqual(weightsOf(model), before);
});

test.serial('disposed of, it leaves no tensor behind', (t) => {
  const model = endings['sequential, without a bias, with an activation layer']();
  const before = tf.memory().numTensors;
  withAdjustedLogits(model, FREQUENCIES).dispose();
  t.is(tf.memory().numTensors, before);
  t.is(predictions(model).length, 24);
});

test('invalid arguments are rejected', (t) => {
  const model = endings['functional, on boxes']();
  t.throws(() => withAdjustedLogits(model, [0.5, 0.5]), {message: /`freqInfo` to be about 4 classes/});
  t.throws(() => withAdjustedLogits(model, FREQUENCIES, {tau: Number.NaN}), {message: /`tau`/});
  t.throws(() => withAdjustedLogits(model, FREQUENCIES, {tua: 1} as never), {message: /"tua"/});
  const relu = tf.sequential({
    layers: [tf.layers.dense({units: 4, inputShape: [3], activation: 'relu', name: 'r'})],
  });
  t.throws(() => withAdjustedLogits(relu, FREQUENCIES), {message: /layer 'r'/});
});
