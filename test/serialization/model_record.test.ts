import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, type Loss, SoftmaxEqualizationLoss} from '../../src';
import {recordOf} from '../../src/serialization/model_record';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads, weightsOf} from '../helpers/models';

test.before(() => useBackend('cpu'));

const LAMBDA = 0.05;
const eql = (gamma = 0.5) => new EqualizationLoss({lambda: LAMBDA, freqInfo, gamma, seed: 5});
const softmax = () => new SoftmaxEqualizationLoss({lambda: LAMBDA, freqInfo, seed: 6});
const step = (loss: Loss) => loss.getState?.().step;

/** Features and labels without background. */
function foreground(rows: number) {
  const ys = Array.from({length: rows}, (_, i) => (i * 3) % CLASSES);
  return {xs: smallData(rows).xs, ys: tf.tensor1d(ys, 'int32')};
}

test.serial(
  'a loss as a metric is computed as in evaluation, without random draws, in every entry point',
  async (t) => {
    const {xs, ys} = foreground(12);
    const data = tf.data
      .zip({xs: tf.data.array(xs.arraySync()), ys: tf.data.array(ys.arraySync())})
      .batch(12);
    for (const metric of [eql(), softmax()]) {
      const model = smallModel();
      model.compile({optimizer: tf.train.sgd(0), loss: eql(1), metrics: [metric]});
      const wanted = tf
        .mean(metric.call(ys, model.predict(xs) as tf.Tensor, {training: false}))
        .dataSync()[0];
      const name = model.metricsNames[1];
      const options = {epochs: 1, verbose: 0} as const;
      const fitted = (await model.fit(xs, ys, {...options, validationData: [xs, ys]})).history;
      const byDataset = (await model.fitDataset(data as never, options)).history;
      const values = [
        fitted[name][0],
        fitted[`val_${name}`][0],
        byDataset[name][0],
        ((await model.trainOnBatch(xs, ys)) as number[])[1],
        (model.evaluate(xs, ys) as tf.Scalar[])[1].dataSync()[0],
        ((await model.evaluateDataset(data as never, {})) as tf.Scalar[])[1].dataSync()[0],
      ] as number[];
      for (const value of values) t.true(Math.abs(value - wanted) < 1e-6, `${value}, not ${wanted}`);
      t.is(step(metric), 0);
    }
  },
);

test.serial('an object that is both loss and metric advances only with training batches', async (t) => {
  const {xs, ys} = foreground(12);
  const trained = [];
  for (const withMetric of [false, true]) {
    const loss = softmax();
    const model = smallModel();
    model.compile({optimizer: tf.train.sgd(0.1), loss, metrics: withMetric ? [loss, 'accuracy'] : []});
    await model.fit(xs, ys, {epochs: 2, batchSize: 4, shuffle: false, verbose: 0, validationData: [xs, ys]});
    await model.trainOnBatch(xs, ys);
    model.evaluate(xs, ys);
    t.is(step(loss), 7);
    trained.push(weightsOf(model));
  }
  t.deepEqual(trained[1], trained[0]);
});

test.serial('does so with several outputs too', async (t) => {
  const {xs, ys} = foreground(12);
  const [a, metric] = [eql(), softmax()];
  const model = twoHeads();
  model.compile({optimizer: tf.train.sgd(0), loss: [a, eql()], metrics: {a, b: metric} as never});
  const [za, zb] = model.predict(xs) as tf.Tensor[];
  const inEvaluation = (loss: Loss, z: tf.Tensor) =>
    tf.mean(loss.call(ys, z, {training: false})).dataSync()[0];
  const values = (await model.trainOnBatch(xs, [ys, ys])) as number[];
  t.true(Math.abs(values[3] - inEvaluation(a, za)) < 1e-6);
  t.true(Math.abs(values[4] - inEvaluation(metric, zb)) < 1e-6);
  t.is(step(a), 1);
  t.is(step(metric), 0);
  model.evaluate(xs, [ys, ys]);
  t.is(step(a), 1);
});

test.serial('records a model that has a loss only as a metric', async (t) => {
  const {xs, ys} = foreground(12);
  const metric = softmax();
  const model = smallModel();
  model.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError', metrics: [metric]});
  const oneHot = tf.oneHot(ys, CLASSES).toFloat();
  const wanted = tf
    .mean(metric.call(oneHot, model.predict(xs) as tf.Tensor, {training: false}))
    .dataSync()[0];
  const [, value] = (await model.trainOnBatch(xs, oneHot)) as number[];
  t.true(Math.abs(value - wanted) < 1e-6);
  t.is(step(metric), 0);
});

test.serial('leaves a model without objects of this package as tfjs compiles it', (t) => {
  const model = smallModel();
  const loss = (a: tf.Tensor, b: tf.Tensor) => tf.losses.meanSquaredError(a, b);
  const metric = (a: tf.Tensor, b: tf.Tensor) => tf.losses.absoluteDifference(a, b);
  const inner = () =>
    (model as unknown as {model: {lossFunctions: unknown[]; metricsTensors: unknown[][]}}).model;
  model.compile({optimizer: 'sgd', loss, metrics: [metric]});
  t.is(inner().lossFunctions[0], loss);
  t.is(inner().metricsTensors[0][0], metric);
  t.is(recordOf(inner()), undefined);
  model.compile({optimizer: 'sgd', loss, metrics: [new BalancedAccuracy()]});
  t.not(recordOf(inner()), undefined);
  model.compile({optimizer: 'sgd', loss});
  t.is(recordOf(inner()), undefined);
});
