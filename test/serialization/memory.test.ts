import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, GroupAccuracy, SoftmaxEqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {freqInfo, smallData, smallModel} from '../helpers/models';

const metrics = () => ['accuracy', new GroupAccuracy({group: 'rare', freqInfo}), new BalancedAccuracy()];

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`2,000 training steps keep the number of tensors constant (${backend})`, async (t) => {
    await useBackend(backend);
    const model = smallModel();
    model.compile({
      optimizer: 'adam',
      loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
      metrics: metrics(),
    });
    const {xs, ys} = smallData(16);
    await model.trainOnBatch(xs, ys);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 1000; ++i) await model.trainOnBatch(xs, ys);
    t.is(tf.memory().numTensors, before, 'trainOnBatch');
    const rows = tf.data.array(xs.arraySync().map((x, i) => ({xs: x, ys: i % 6})));
    const seen = new Set<number>();
    const onBatchEnd = async () => void seen.add(tf.memory().numTensors);
    await model.fitDataset(rows.repeat().batch(8), {
      epochs: 2,
      batchesPerEpoch: 500,
      verbose: 0,
      yieldEvery: 'never',
      callbacks: {onBatchEnd},
    });
    t.is(tf.memory().numTensors, before, 'fitDataset');
    // One more after the first batch of an epoch, as tfjs keeps its totals until the epoch ends.
    t.true(seen.size <= 3, `${[...seen]}`);
  });
}

test.serial('every pass disposes its tensors, even if it fails', async (t) => {
  await useBackend('cpu');
  const model = smallModel();
  const loss = new SoftmaxEqualizationLoss({lambda: 0.5, freqInfo});
  model.compile({optimizer: tf.train.sgd(0.1), loss, metrics: metrics()});
  const {xs} = smallData(16);
  const ys = tf.tensor1d(
    Array.from({length: 16}, (_, i) => i % 5),
    'int32',
  );
  const wrong = tf.tensor1d(
    Array.from({length: 16}, (_, i) => i % 6),
    'int32',
  );
  const before = tf.memory().numTensors;
  await model.fit(xs, ys, {epochs: 2, batchSize: 4, validationData: [xs, ys], verbose: 0});
  t.is(tf.memory().numTensors, before, 'fit');
  tf.dispose(model.evaluate(xs, ys, {batchSize: 4}));
  t.is(tf.memory().numTensors, before, 'evaluate');
  t.throws(() => model.evaluate(xs, wrong, {batchSize: 4}));
  t.is(tf.memory().numTensors, before, 'a failed evaluate');
  const rows = (y: tf.Tensor1D) =>
    tf.data.array(xs.arraySync().map((x, i) => ({xs: x, ys: y.arraySync()[i]})));
  const read = tf.memory().numTensors;
  tf.dispose(await model.evaluateDataset(rows(ys).batch(4) as never, {}));
  t.is(tf.memory().numTensors, read, 'evaluateDataset');
});

test.serial('on a GPU, where totals are tensors, training disposes them at its end', async (t) => {
  await useGpuLikeBackend();
  const model = smallModel();
  const loss = new SoftmaxEqualizationLoss({lambda: 0.05, freqInfo});
  model.compile({optimizer: tf.train.sgd(0.1), loss, metrics: metrics()});
  const {xs} = smallData(16);
  const ys = tf.tensor1d(
    Array.from({length: 16}, (_, i) => i % 5),
    'int32',
  );
  await model.trainOnBatch(xs, ys);
  const before = tf.memory().numTensors;
  await model.fit(xs, ys, {epochs: 2, batchSize: 4, verbose: 0});
  t.is(tf.memory().numTensors, before);
});
