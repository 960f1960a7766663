import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads, weightsOf} from '../helpers/models';

test.before(() => useBackend('cpu'));

function compiled(): tf.Sequential {
  const model = smallModel();
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo});
  model.compile({optimizer: tf.train.sgd(0.5), loss, metrics: ['accuracy']});
  return model;
}

/** The same labels in every form; one of them is background. */
function forms(ys: tf.Tensor1D): Record<string, tf.Tensor> {
  const withBackground = tf.oneHot(ys, CLASSES + 1).toFloat() as tf.Tensor2D;
  return {
    'integers [batch]': ys,
    'integers [batch, 1]': ys.reshape([-1, 1]),
    'float32 integers': ys.toFloat(),
    'one-hot with background': withBackground,
    'one-hot': withBackground.slice([0, 0], [-1, CLASSES]),
  };
}

test.serial(
  'every form of labels trains and evaluates alike in fit, evaluate, trainOnBatch and fitDataset',
  async (t) => {
    const {xs, ys} = smallData(12);
    const results = [];
    for (const y of Object.values(forms(ys))) {
      const model = compiled();
      const {history} = await model.fit(xs, y, {
        epochs: 2,
        shuffle: false,
        validationSplit: 0.25,
        verbose: 0,
      });
      const batch = await model.trainOnBatch(xs, y);
      const values = (model.evaluate(xs, y) as tf.Scalar[]).map((value) => value.dataSync()[0]);
      const rows = tf.data.array(xs.arraySync().map((x, i) => ({xs: x, ys: (y.arraySync() as number[])[i]})));
      const fitted = await model.fitDataset(rows.batch(5), {epochs: 1, verbose: 0});
      results.push({history, batch, values, fitted: fitted.history, weights: weightsOf(model)});
    }
    for (const result of results.slice(1)) t.deepEqual(result, results[0]);
  },
);

test.serial('refuses labels of an unknown form before anything changes', async (t) => {
  const model = compiled();
  const {xs, ys} = smallData(12);
  const before = weightsOf(model);
  const wrong = tf.zeros([12, CLASSES + 2]);
  const message = /Expected `yTrue` to be a tensor of shape .* Received: tensor of shape \[12, 7\]/;
  await t.throwsAsync(model.fit(xs, wrong, {verbose: 0}), {message, name: 'ValueError'});
  await t.throwsAsync(model.trainOnBatch(xs, wrong), {message});
  t.throws(() => model.evaluate(xs, wrong), {message});
  await t.throwsAsync(model.fit(xs, ys.slice(0, 5), {verbose: 0}));
  const outOfRange = tf.fill([12], CLASSES + 1, 'int32');
  await t.throwsAsync(model.fit(xs, outOfRange, {verbose: 0}), {message: /Received: 6 in row 0/});
  t.deepEqual(weightsOf(model), before);
  t.notThrows(() => model.evaluate(xs, ys));
});

test.serial('a plain loss beside ours still checks its own labels', async (t) => {
  const model = twoHeads();
  model.compile({
    optimizer: 'sgd',
    loss: {a: new EqualizationLoss({lambda: 0.05, freqInfo}), b: 'meanSquaredError'} as never,
  });
  const {xs, ys} = smallData(12);
  await t.throwsAsync(model.fit(xs, [ys, ys], {verbose: 0}), {message: /each example has shape \[5\]/});
  await t.notThrowsAsync(model.fit(xs, [ys, tf.zeros([12, CLASSES])], {verbose: 0}));
});

test.serial("'accuracy' is foreground accuracy, or tfjs's own next to other losses", async (t) => {
  const {xs, ys} = smallData(30);
  const model = compiled();
  const predicted = (model.predict(xs) as tf.Tensor2D).argMax(1).dataSync();
  const labels = ys.dataSync();
  const foreground = Array.from(labels, (_, i) => i).filter((i) => labels[i] < CLASSES);
  const right = foreground.filter((i) => predicted[i] === labels[i]).length;
  const [, accuracy] = (model.evaluate(xs, ys) as tf.Scalar[]).map((value) => value.dataSync()[0]);
  t.is(accuracy, Math.fround(right / foreground.length));
  const plain = smallModel();
  plain.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy']});
  const oneHot = tf.oneHot(ys, CLASSES).toFloat();
  const categorical = tf
    .mean(tf.metrics.categoricalAccuracy(oneHot, plain.predict(xs) as tf.Tensor))
    .dataSync()[0];
  const [, acc] = (plain.evaluate(xs, oneHot) as tf.Scalar[]).map((value) => value.dataSync()[0]);
  t.true(Math.abs(acc - categorical) < 1e-6);
});

test.serial('classWeight weights the samples of its class', async (t) => {
  const {xs, ys} = smallData(12);
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo});
  const model = smallModel();
  model.compile({optimizer: tf.train.sgd(0), loss});
  const z = model.predict(xs) as tf.Tensor;
  const weights = [1, 2, 3, 4, 5, 6];
  const perSample = Array.from(loss(ys, z).dataSync());
  const wanted = perSample.reduce((sum, value, i) => sum + value * weights[ys.dataSync()[i]], 0) / 12;
  const classWeight = Object.fromEntries(weights.map((weight, j) => [j, weight]));
  const {history} = await model.fit(xs, ys, {epochs: 1, batchSize: 12, classWeight, verbose: 0});
  t.true(Math.abs((history.loss[0] as number) - wanted) < 1e-5);
});
