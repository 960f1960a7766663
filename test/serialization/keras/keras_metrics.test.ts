import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {translateMetrics} from '../../../src/serialization/keras/keras_metrics';

const translated = (metrics: unknown, loss: unknown = 'mse') =>
  translateMetrics(metrics as never, loss as never, ['a']);

/** Keras's names of metrics that tfjs has as functions with the same formula. */
const NAMES: Array<[(yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor, string[]]> = [
  [tf.metrics.binaryAccuracy, ['binary_accuracy', 'BinaryAccuracy']],
  [tf.metrics.categoricalAccuracy, ['categorical_accuracy', 'CategoricalAccuracy']],
  [tf.metrics.categoricalCrossentropy, ['categorical_crossentropy', 'CategoricalCrossentropy']],
  [tf.metrics.meanSquaredError, ['mse', 'MSE', 'mean_squared_error', 'MeanSquaredError']],
  [tf.metrics.meanAbsoluteError, ['mae', 'MAE', 'mean_absolute_error', 'MeanAbsoluteError']],
  [
    tf.metrics.meanAbsolutePercentageError,
    ['mape', 'MAPE', 'mean_absolute_percentage_error', 'MeanAbsolutePercentageError'],
  ],
  [tf.metrics.cosineProximity, ['cosine_proximity']],
];

test("maps every Keras name of a metric to tfjs's", async (t) => {
  await tf.setBackend('cpu');
  const xs = tf.tensor2d([0.2, 0.7, 0.1, 0.5, 0.3, 0.2], [2, 3]);
  const ys = tf.tensor2d([0, 1, 0, 0, 0, 1], [2, 3]);
  const model = tf.sequential({layers: [tf.layers.activation({activation: 'linear', inputShape: [3]})]});
  for (const [metric, names] of NAMES) {
    const wanted = metric(ys, xs).mean().dataSync()[0];
    for (const name of names) {
      const {metrics, unknown} = translated([name]);
      t.deepEqual(unknown, [], name);
      model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: metrics as never});
      const [, value] = (model.evaluate(xs, ys) as tf.Scalar[]).map((one) => one.dataSync()[0]);
      t.true(Math.abs(value - wanted) < 1e-6, `${name}: ${value}, not ${wanted}`);
    }
  }
});

test('integer labels: crossentropy has an equivalent, accuracy only through the loss', (t) => {
  for (const name of ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy']) {
    t.deepEqual(translated([name]), {metrics: ['sparseCategoricalCrossentropy'], unknown: []});
  }
  for (const name of ['sparse_categorical_accuracy', 'SparseCategoricalAccuracy']) {
    t.deepEqual(translated([name], 'sparse_categorical_crossentropy'), {metrics: ['accuracy'], unknown: []});
    t.deepEqual(translated([name], 'mse'), {metrics: [], unknown: [name]});
  }
});

test('does not map names that mean something else in tfjs', (t) => {
  t.deepEqual(translated(['Precision', 'mse', 'Recall']), {
    metrics: ['mse'],
    unknown: ['Precision', 'Recall'],
  });
});
