import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, BinaryAccuracy, EqualizationLoss, Loss, SoftmaxEqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {reload} from '../helpers/models';

test.before(() => useBackend('cpu'));

const freqInfo = [0.5, 0.5];
const eql = (fromLogits?: boolean) =>
  new EqualizationLoss({lambda: 0, freqInfo, ...(fromLogits !== undefined && {fromLogits})});
const softmax = () => new SoftmaxEqualizationLoss({lambda: 0, freqInfo});

function ending(activation: string, name = 'head'): tf.Sequential {
  return tf.sequential({
    layers: [tf.layers.dense({units: 2, inputShape: [3], activation: activation as never, name})],
  });
}

class Trusting extends Loss {
  static readonly className = 'Trusting';
  override get expects() {
    return 'logits' as const;
  }
  override get checksActivation() {
    return false;
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.mean(tf.squaredDifference(yTrue, yPred), -1);
  }
  getConfig() {
    return {};
  }
}

test.serial('refuses probabilities under a loss of logits before anything changes', (t) => {
  for (const activation of ['sigmoid', 'softmax', 'hardSigmoid']) {
    for (const [loss, name] of [
      [eql(), 'EqualizationLoss'],
      [softmax(), 'SoftmaxEqualizationLoss'],
    ] as const) {
      const model = ending(activation);
      const message = new RegExp(
        `^Expected \`activation\` to be 'linear' in layer 'head', as ${name} takes logits.*Received: "${activation}"$`,
      );
      t.throws(() => model.compile({optimizer: 'sgd', loss}), {message, name: 'ValueError'});
      t.is(model.optimizer, undefined as never);
      t.throws(() => model.compile({optimizer: 'sgd', loss: [loss], metrics: ['accuracy']}), {message});
      t.throws(() => model.compile({optimizer: 'sgd', loss: {head: loss}}), {message});
    }
  }
  t.throws(() => ending('sigmoid').compile({optimizer: 'sgd', loss: eql()}), {
    message: /`fromLogits: false`/,
  });
  const withoutOption = t.throws(() => ending('softmax').compile({optimizer: 'sgd', loss: softmax()}));
  t.notRegex(withoutOption.message, /fromLogits/);
});

test.serial('refuses logits under a loss of probabilities if certain', (t) => {
  for (const activation of ['linear', 'relu', 'tanh']) {
    t.throws(() => ending(activation).compile({optimizer: 'sgd', loss: eql(false)}), {
      message: new RegExp(
        `'sigmoid' or 'softmax' in layer 'head'.*takes probabilities.*Received: "${activation}"`,
      ),
    });
  }
  for (const activation of ['sigmoid', 'softmax', 'hardSigmoid']) {
    t.notThrows(() => ending(activation).compile({optimizer: 'sgd', loss: eql(false)}));
  }
  const normalized = tf.sequential({
    layers: [...ending('sigmoid').layers, tf.layers.layerNormalization()],
  });
  t.notThrows(() => normalized.compile({optimizer: 'sgd', loss: eql(false)}));
});

test.serial('compiles matching losses, and losses that accept either', (t) => {
  for (const loss of [eql(), softmax()])
    t.notThrows(() => ending('linear').compile({optimizer: 'sgd', loss}));
  t.notThrows(() => ending('sigmoid').compile({optimizer: 'sgd', loss: new Trusting()}));
  t.notThrows(() =>
    ending('sigmoid').compile({
      optimizer: 'sgd',
      loss: 'binaryCrossentropy',
      metrics: [new BalancedAccuracy()],
    }),
  );
});

test.serial('compares each output with its own loss', (t) => {
  const input = tf.input({shape: [3]});
  const head = (name: string, activation: 'linear' | 'sigmoid') =>
    tf.layers.dense({units: 2, activation, name}).apply(input) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: [head('a', 'linear'), head('b', 'sigmoid')]});
  t.notThrows(() => model.compile({optimizer: 'sgd', loss: {a: eql(), b: 'binaryCrossentropy'} as never}));
  t.notThrows(() => model.compile({optimizer: 'sgd', loss: [eql(), eql(false)]}));
  t.throws(() => model.compile({optimizer: 'sgd', loss: [eql(), softmax()]}), {message: /in layer 'b'/});
  t.throws(() => model.compile({optimizer: 'sgd', loss: eql()}), {message: /in layer 'b'/});
});

test.serial('loads a saved model with a mismatch, with a warning', async (t) => {
  const model = ending('sigmoid');
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  // As compiled by versions without the check.
  Object.assign((model as unknown as {model: object}).model, {loss: softmax()});
  Object.assign(model, {loss: softmax()});
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (text: string) => void warnings.push(text);
  let again: tf.LayersModel;
  try {
    again = await reload(model);
  } finally {
    console.warn = warn;
  }
  t.is(warnings.length, 1);
  t.regex(warnings[0], /'linear' in layer 'head'.*Received: "sigmoid"/);
  await t.notThrowsAsync(again.trainOnBatch(tf.zeros([2, 3]), tf.tensor1d([0, 1], 'int32')));
  t.throws(() => again.compile({optimizer: 'sgd', loss: softmax()}), {message: /takes logits/});
});

test.serial('checks a loss among the metrics too', (t) => {
  for (const metrics of [[eql()], eql(), {head: eql()}, {head: ['accuracy', softmax()]}]) {
    const args = {optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: metrics as never};
    t.throws(() => ending('softmax').compile(args), {message: /'linear' in layer 'head'.*takes logits/});
    t.notThrows(() => ending('linear').compile(args));
  }
  const args = {optimizer: 'sgd', loss: 'meanSquaredError', metrics: [eql(false)]};
  t.throws(() => ending('linear').compile(args), {message: /takes probabilities/});
  t.notThrows(() => ending('sigmoid').compile(args));
  t.notThrows(() => ending('softmax').compile({...args, metrics: [eql(true), new Trusting()]}));
});

test.serial('an ensemble of probabilities is refused by a loss of logits, and thresholded at ½', (t) => {
  const input = tf.input({shape: [1]});
  const head = () =>
    tf.layers
      .dense({units: 1, activation: 'sigmoid', weights: [tf.ones([1, 1]), tf.zeros([1])]})
      .apply(input) as tf.SymbolicTensor;
  const outputs = tf.layers.average().apply([head(), head()]) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs});
  const loss = new EqualizationLoss({lambda: 0, freqInfo: [0.1]});
  t.throws(() => model.compile({optimizer: 'sgd', loss}), {message: /takes logits/});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [new BinaryAccuracy()]});
  const [, accuracy] = model.evaluate(
    tf.tensor2d([[-3], [-2], [2], [-4]]),
    tf.tensor2d([[0], [0], [1], [0]]),
  ) as tf.Scalar[];
  t.is(accuracy.dataSync()[0], 1);
});
