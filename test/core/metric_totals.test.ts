import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, Metric} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {freqInfo, smallData, smallModel} from '../helpers/models';

/** Median of the predictions: no sum over batches gives it. */
class Median extends Metric {
  static readonly className: string = 'Median';
  override get keepsRows() {
    return true;
  }
  statistics(_: tf.Tensor, yPred: tf.Tensor): tf.Tensor[] {
    return [yPred];
  }
  result([rows]: tf.Tensor[]): tf.Tensor {
    return tf.scalar(rows.dataSync().sort()[rows.size >> 1]);
  }
  getConfig() {
    return {};
  }
}

const batchesOf = (x: tf.Tensor, size: number) =>
  Array.from({length: Math.ceil(x.shape[0] / size)}, (_, i) =>
    x.slice(i * size, Math.min(size, x.shape[0] - i * size)),
  );

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`update counts batches of any size, and reset frees all memory (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const {xs, ys} = smallData(11);
    const scores = smallModel().predict(xs) as tf.Tensor;
    const before = tf.memory().numTensors;
    for (const metric of [new BalancedAccuracy(), new Median()]) {
      t.is(metric.value(), Number.NaN);
      const whole = tf.tidy(() => metric(ys, scores).dataSync()[0]);
      for (const size of [1, 4, 11]) {
        tf.tidy(() => {
          const labels = batchesOf(ys, size);
          batchesOf(scores, size).forEach((batch, i) => {
            metric.update(labels[i], batch);
          });
        });
        t.true(Math.abs(metric.value() - whole) < 1e-6);
        t.is(metric.reset().value(), Number.NaN);
      }
    }
    t.is(tf.memory().numTensors, before);
  });
}

test.serial('after a reset, trainOnBatch counts its batches, and fit and evaluate do not', async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(12);
  const metric = new BalancedAccuracy();
  const model = smallModel();
  model.compile({
    optimizer: tf.train.sgd(0),
    loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    metrics: [metric],
  });
  const train = async () => {
    for (const [x, y] of [
      [xs.slice(0, 5), ys.slice(0, 5)],
      [xs.slice(5), ys.slice(5)],
    ])
      await model.trainOnBatch(x, y);
  };
  await train();
  t.is(metric.value(), Number.NaN, 'nobody asked');
  metric.reset();
  await train();
  const whole = metric(ys, model.predict(xs) as tf.Tensor).dataSync()[0];
  t.true(Math.abs(metric.value() - whole) < 1e-6);
  await model.fit(xs.slice(0, 3), ys.slice(0, 3), {epochs: 1, verbose: 0, validationData: [xs, ys]});
  model.evaluate(xs.slice(0, 3), ys.slice(0, 3));
  t.true(Math.abs(metric.value() - whole) < 1e-6);
});

test.serial('a metric that keeps rows is right over the pass in fit and evaluate', async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(13);
  const model = smallModel();
  const optimizer = tf.train.sgd(0);
  model.compile({optimizer, loss: new EqualizationLoss({lambda: 0.05, freqInfo}), metrics: [new Median()]});
  const whole = new Median()(ys, model.predict(xs) as tf.Tensor).dataSync()[0];
  const before = tf.memory().numTensors;
  for (const batchSize of [2, 13]) {
    const {history} = await model.fit(xs, ys, {epochs: 1, batchSize, verbose: 0, validationData: [xs, ys]});
    t.deepEqual([history.Median, history.val_Median], [[whole], [whole]]);
    const [loss, value] = model.evaluate(xs, ys, {batchSize}) as tf.Scalar[];
    t.is(value.dataSync()[0], whole);
    tf.dispose([loss, value]);
  }
  t.true(tf.memory().numTensors <= before + 1, 'but for the step of the optimizer');
});
