import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {Metric} from '../../src';
import {scalarResult} from '../../src/core/metric';

class Share extends Metric {
  static readonly className = 'Share';
  statistics(_: tf.Tensor, yPred: tf.Tensor) {
    return [tf.sum(yPred), tf.scalar(yPred.size)];
  }
  result([sum, size]: tf.Tensor[]) {
    return tf.div(sum, size);
  }
  getConfig() {
    return {};
  }
}

test('an instance is a function, of its class, under its name', (t) => {
  const metric = new Share();
  t.is(typeof metric, 'function');
  t.true(
    metric instanceof Share && metric instanceof Metric && metric instanceof tf.serialization.Serializable,
  );
  t.is(metric.name, 'Share');
  t.is(metric.getClassName(), 'Share');
});

test('calling it gives the value of one batch and keeps nothing', (t) => {
  const x = tf.tensor1d([1, 2, 6]);
  const before = tf.memory().numTensors;
  const value = new Share()(x, x);
  t.is(value.dataSync()[0], 3);
  value.dispose();
  t.is(tf.memory().numTensors, before);
});

class Custom extends Metric {
  static readonly className = 'Custom';
  constructor(private readonly returned: (totals: tf.Tensor[]) => unknown) {
    super('recall_of_all');
  }
  statistics(yTrue: tf.Tensor, _yPred: tf.Tensor) {
    return [tf.sum(yTrue), tf.mul(yTrue, 2)];
  }
  result(totals: tf.Tensor[]) {
    return this.returned(totals) as tf.Tensor;
  }
  getConfig() {
    return {};
  }
}

test('a result that is not a scalar is rejected by name and shape, even if it holds one value', (t) => {
  const x = tf.tensor1d([1, 2]);
  const before = tf.memory().numTensors;
  const refused: [(totals: tf.Tensor[]) => unknown, string][] = [
    [([, perClass]) => perClass, 'tensor of shape [2]'],
    [([sum]) => tf.reshape(sum, [1]), 'tensor of shape [1]'],
    [() => tf.zeros([2, 0]), 'tensor of shape [2, 0]'],
    [() => 3, '3'],
    [([sum]) => [sum], '[tensor of shape []]'],
    [() => undefined, 'undefined'],
  ];
  for (const [returned, received] of refused) {
    t.throws(() => new Custom(returned)(x, x), {
      name: 'ValueError',
      message: `Expected \`recall_of_all.result()\` to be a scalar, a tensor of shape []. Received: ${received}`,
    });
  }
  t.is(tf.memory().numTensors, before);
});

test('a total that `result` returns unchanged can be disposed of along with the value', (t) => {
  const metric = new Custom(([sum]) => sum);
  t.is(metric(tf.tensor1d([1, 2]), tf.tensor1d([0, 0])).dataSync()[0], 3);
  const total = tf.scalar(5);
  const value = scalarResult(metric, [total]);
  total.dispose();
  t.is(value.dataSync()[0], 5);
  value.dispose();
  t.notThrows(() => total.dispose());
});

test('statistics that are not an array of tensors are rejected by name', (t) => {
  const x = tf.tensor1d([1, 2]);
  class Wrong extends Share {
    constructor(private readonly returned: () => unknown) {
      super('wrong');
    }
    override statistics(_yTrue: tf.Tensor, _yPred: tf.Tensor) {
      return this.returned() as tf.Tensor[];
    }
  }
  const refused: [() => unknown, string][] = [
    [() => tf.sum(x), 'tensor of shape []'],
    [() => undefined, 'undefined'],
    [() => [1, 2], '[1, 2]'],
    [async () => [], 'an instance of Promise'],
  ];
  for (const [returned, received] of refused) {
    const expected = {
      name: 'ValueError',
      message: `Expected \`wrong.statistics()\` to be an array of tensors. Received: ${received}`,
    };
    t.throws(() => new Wrong(returned)(x, x), expected);
    const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [2]})]});
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [new Wrong(returned)]});
    t.throws(() => model.evaluate(tf.zeros([1, 2]), tf.zeros([1, 2])), expected);
    model.dispose();
  }
});
