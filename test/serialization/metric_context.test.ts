import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, FocalLoss, Metric, SoftmaxCrossEntropy} from '../../src';
import type {MetricContext} from '../../src/core/metric';
import {metricContext} from '../../src/serialization/metric_context';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

const freqInfo = [0.5, 0.5];
const output = (activation: 'linear' | 'sigmoid' | 'softmax') =>
  tf.layers.dense({units: 2, activation}).apply(tf.input({shape: [3]})) as tf.SymbolicTensor;

test('predictions are read by the loss, else the last layer, else as logits', (t) => {
  const own = (a: tf.Tensor, b: tf.Tensor) => tf.losses.meanSquaredError(a, b);
  const cases: Array<[unknown, 'linear' | 'sigmoid' | 'softmax', boolean]> = [
    [new EqualizationLoss({lambda: 0, freqInfo}), 'linear', true],
    [new EqualizationLoss({lambda: 0, freqInfo}), 'sigmoid', true],
    [new EqualizationLoss({lambda: 0, freqInfo, fromLogits: false}), 'linear', false],
    ['binaryCrossentropy', 'linear', false],
    ['categoricalCrossentropy', 'linear', false],
    ['sparseCategoricalCrossentropy', 'linear', false],
    [tf.metrics.binaryCrossentropy, 'linear', false],
    [tf.losses.logLoss, 'linear', false],
    [tf.losses.sigmoidCrossEntropy, 'sigmoid', true],
    [tf.losses.softmaxCrossEntropy, 'linear', true],
    ['meanSquaredError', 'sigmoid', false],
    ['meanSquaredError', 'softmax', false],
    ['meanSquaredError', 'linear', true],
    [own, 'sigmoid', false],
    [own, 'linear', true],
    [undefined, 'linear', true],
  ];
  for (const [loss, activation, fromLogits] of cases) {
    t.is(
      metricContext(loss as never, output(activation)).fromLogits,
      fromLogits,
      `${loss} after ${activation}`,
    );
  }
});

test('takes the activation of logits from the loss, if it has one', (t) => {
  for (const [loss, activation] of [
    [new EqualizationLoss({lambda: 0, freqInfo}), 'sigmoid'],
    [new FocalLoss({activation: 'softmax'}), 'softmax'],
    [tf.losses.sigmoidCrossEntropy, 'sigmoid'],
    [tf.losses.softmaxCrossEntropy, 'softmax'],
    [new SoftmaxCrossEntropy(), undefined],
    ['meanSquaredError', undefined],
  ] as const) {
    t.is(metricContext(loss as never, output('linear')).activation, activation);
  }
});

test('takes the ignored label from the loss', (t) => {
  const context = (loss: unknown) => metricContext(loss as never, output('linear'));
  t.is(context(new SoftmaxCrossEntropy({ignoreLabel: -1})).ignoreLabel, -1);
  t.is(context(new SoftmaxCrossEntropy({ignoreLabel: 0})).ignoreLabel, 0);
  for (const loss of [new SoftmaxCrossEntropy(), 'meanSquaredError', undefined]) {
    t.false('ignoreLabel' in context(loss));
  }
});

test.serial("every entry point passes each output's context to its metric", async (t) => {
  const seen: string[] = [];
  class Asked extends Metric {
    static readonly className = 'Asked';
    statistics(_: tf.Tensor, yPred: tf.Tensor, context?: MetricContext) {
      seen.push(`${yPred.shape[1]}: ${context?.fromLogits}`);
      return [tf.scalar(1)];
    }
    result([sum]: tf.Tensor[]) {
      return sum;
    }
    getConfig() {
      return {};
    }
  }
  const input = tf.input({shape: [3]});
  const head = (units: number, activation: 'linear' | 'sigmoid') =>
    tf.layers.dense({units, activation, name: `h${units}`}).apply(input) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: [head(2, 'linear'), head(4, 'sigmoid')]});
  model.compile({
    optimizer: 'sgd',
    loss: [new EqualizationLoss({lambda: 0, freqInfo}), 'binaryCrossentropy'] as never,
    metrics: [new Asked()],
  });
  const x = tf.zeros([2, 3]);
  const y = [tf.zeros([2, 2]), tf.zeros([2, 4])];
  const data = tf.data.array([{xs: x, ys: y}]).map((element) => element as tf.TensorContainer);
  const calls: Record<string, () => unknown> = {
    fit: () => model.fit(x, y, {epochs: 1, verbose: 0}),
    evaluate: () => model.evaluate(x, y),
    trainOnBatch: () => model.trainOnBatch(x, y),
    evaluateDataset: () => model.evaluateDataset(data as never, {}),
  };
  for (const [name, call] of Object.entries(calls)) {
    seen.length = 0;
    await call();
    t.deepEqual(seen, ['2: true', '4: false'], name);
  }
});
