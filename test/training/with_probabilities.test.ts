import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  AsymmetricLoss,
  ClassBalancedLoss,
  ClassFrequency,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  LogitAdjustedLoss,
  SigmoidCrossEntropy,
  SoftmaxEqualizationLoss,
  withProbabilities,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {endings, predictions, served} from '../helpers/served';

const freqInfo = new ClassFrequency({imageCounts: [6, 3, 1, 1], numImages: 10});

test.before(() => useBackend('cpu'));

for (const [ending, make] of Object.entries(endings)) {
  test(`it outputs probabilities, also for models that tfjs saved and loaded: ${ending}`, async (t) => {
    const model = make();
    const logits = predictions(model);
    for (const activation of ['softmax', 'sigmoid'] as const) {
      const expected = logits.map((z, i) => {
        const row = logits.slice(i - (i % 4), i - (i % 4) + 4);
        return activation === 'sigmoid'
          ? 1 / (1 + Math.exp(-z))
          : Math.exp(z) / row.reduce((sum, x) => sum + Math.exp(x), 0);
      });
      const serving = withProbabilities(model, {activation});
      t.true(largestRelativeError(predictions(serving), expected, 1e-3) < 1e-5);
      t.true(largestRelativeError(predictions(await served(serving)), expected, 1e-3) < 1e-5);
    }
    t.deepEqual(predictions(model), logits, 'the model stays as it is');
  });
}

test('by default the activation is that of the loss object, or else softmax; sigmoid for one logit', (t) => {
  const activationFor = (loss: unknown, units = 4) => {
    const model = tf.sequential({layers: [tf.layers.dense({units, inputShape: [3]})]});
    if (loss) model.compile({optimizer: 'sgd', loss: loss as never});
    return withProbabilities(model).layers.at(-1)?.getConfig().activation;
  };
  for (const loss of [
    new EqualizationLoss({lambda: 0.2, freqInfo}),
    new SigmoidCrossEntropy(),
    new FocalLoss(),
    new AsymmetricLoss(),
    new EqualizationLossV2({numClasses: 4}),
    new ClassBalancedLoss({freqInfo, base: 'focal'}),
  ]) {
    t.is(activationFor(loss), 'sigmoid');
  }
  for (const loss of [
    undefined,
    new SoftmaxEqualizationLoss({lambda: 0.2, freqInfo}),
    new FocalLoss({activation: 'softmax'}),
    new ClassBalancedLoss({freqInfo}),
    new LogitAdjustedLoss({freqInfo}),
  ]) {
    t.is(activationFor(loss), 'softmax');
  }
  t.is(activationFor(undefined, 1), 'sigmoid');
});

test('a model of probabilities is rejected, naming the layer', (t) => {
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 4, inputShape: [3], activation: 'softmax', name: 'head'})],
  });
  t.throws(() => withProbabilities(model), {
    message: /of logits. Received: layer 'head' gives a softmax already/,
  });
  const one = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [3]})]});
  t.throws(() => withProbabilities(one, {activation: 'softmax'}), {message: /single logit/});
  t.throws(() => withProbabilities(one, {activation: 'relu'} as never), {message: /`activation`/});
  t.throws(() => withProbabilities(one, {activations: 'relu'} as never), {
    message: /did you mean "activation"/,
  });
});
