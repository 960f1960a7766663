import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, FocalLoss, SeesawLoss, SoftmaxCrossEntropy} from '../../src';
import {recordOf} from '../../src/serialization/model_record';
import {holdsLoss, prepareLoss} from '../../src/serialization/switch_loss';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads} from '../helpers/models';

test.before(() => useBackend('cpu'));

const value = (loss: tf.Scalar | tf.Scalar[]) => [loss].flat()[0].dataSync()[0];

test.serial('changes nothing until installed, and then everything that compile sets up', (t) => {
  const {xs} = smallData(10);
  const ys = tf.tensor1d(
    Array.from({length: 10}, (_, i) => i % CLASSES),
    'int32',
  );
  const outer = smallModel();
  outer.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy(), metrics: [new BalancedAccuracy()]});
  const inner = (outer as unknown as {model: tf.LayersModel}).model;
  const {optimizer} = outer;
  const focal = new FocalLoss({gamma: 2, activation: 'softmax'});
  const wanted = smallModel();
  wanted.compile({optimizer: 'adam', loss: focal, metrics: [new BalancedAccuracy()]});
  const before = [value(outer.evaluate(xs, ys)), outer.loss, recordOf(inner)];
  const put = prepareLoss(inner as never, focal as never);
  t.deepEqual([value(outer.evaluate(xs, ys)), outer.loss, recordOf(inner)], before);
  put();
  t.is(value(outer.evaluate(xs, ys)), value(wanted.evaluate(xs, ys)));
  t.is(outer.loss, focal as never);
  t.is(inner.loss, focal as never);
  t.is(outer.optimizer, optimizer);
  t.deepEqual(outer.metricsNames, wanted.metricsNames);
});

test.serial('after a switch in the middle of an epoch, metrics still cover the whole epoch', async (t) => {
  const {xs} = smallData(20);
  const ys = tf.tensor1d(
    Array.from({length: 20}, (_, i) => i % CLASSES),
    'int32',
  );
  const outer = smallModel();
  // Nothing is learned, so all batches see the same weights.
  outer.compile({
    optimizer: tf.train.sgd(0),
    loss: new SoftmaxCrossEntropy(),
    metrics: [new BalancedAccuracy()],
  });
  const wanted = (outer.evaluate(xs, ys) as tf.Scalar[])[1].dataSync()[0];
  const inner = (outer as unknown as {model: tf.LayersModel}).model;
  const onBatchEnd = async (batch: number) => {
    if (batch === 2) prepareLoss(inner as never, new FocalLoss({activation: 'softmax'}) as never)();
  };
  const options = {epochs: 1, batchSize: 4, shuffle: false, verbose: 0, callbacks: {onBatchEnd}} as const;
  const {history} = await outer.fit(xs, ys, options);
  t.true(Math.abs((history[outer.metricsNames[1]][0] as number) - wanted) < 1e-6);
});

test.serial('evaluates with a loss of this package after one of tfjs', async (t) => {
  const {xs} = smallData(10);
  const ys = tf.oneHot(
    Array.from({length: 10}, (_, i) => i % CLASSES),
    CLASSES,
  );
  const data = tf.data
    .zip({xs: tf.data.array(xs.arraySync()), ys: tf.data.array(ys.arraySync() as number[][])})
    .batch(10);
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  model.evaluate(xs, ys);
  const loss = new SoftmaxCrossEntropy();
  prepareLoss((model as unknown as {model: tf.LayersModel}).model as never, loss as never)();
  const wanted = tf.losses.softmaxCrossEntropy(ys, model.predict(xs) as tf.Tensor).dataSync()[0];
  for (const result of [model.evaluate(xs, ys), await model.evaluateDataset(data as never, {})]) {
    t.true(Math.abs(value(result) - wanted) < 1e-5);
  }
});

test.serial('several outputs: takes dictionaries and arrays', (t) => {
  const model = twoHeads();
  const [a, b] = [new SoftmaxCrossEntropy(), new FocalLoss({activation: 'softmax'})];
  model.compile({optimizer: 'sgd', loss: [a, a] as never});
  for (const loss of [{a, b}, [a, b], a]) {
    prepareLoss(model as never, loss as never)();
    t.deepEqual(recordOf(model)?.losses, loss === a ? [a, a] : [a, b]);
    t.true(holdsLoss(model as never, loss as never));
  }
  t.false(holdsLoss(model as never, {a, b} as never));
});

test.serial('recognizes an identically created loss, whatever its training state', async (t) => {
  const {xs} = smallData(10);
  const ys = tf.tensor1d(
    Array.from({length: 10}, (_, i) => i % CLASSES),
    'int32',
  );
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: new SeesawLoss({numClasses: CLASSES})});
  await model.trainOnBatch(xs, ys);
  const held = (loss: unknown) => holdsLoss(model as never, loss as never);
  t.true(held(new SeesawLoss({numClasses: CLASSES})));
  t.false(held(new SeesawLoss({numClasses: CLASSES, p: 0.5})));
  t.false(held(new SoftmaxCrossEntropy()));
  t.false(held('meanSquaredError'));
  const eql = () => new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.5});
  model.compile({optimizer: 'sgd', loss: eql()});
  t.true(held(eql()), 'seeds drawn by default differ');
});

test.serial('refuses what compile refuses, and a loss that cannot read the labels', (t) => {
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: new SoftmaxCrossEntropy()});
  const prepare = (loss: unknown) => () => prepareLoss(model as never, loss as never);
  t.throws(prepare(new BalancedAccuracy()), {message: /`loss`/});
  t.throws(prepare('meanSquaredError'), {message: /labels of any form/});
  t.throws(prepare('noSuchLoss'));
  const softmax = tf.sequential({
    layers: [tf.layers.dense({units: 3, inputShape: [2], activation: 'softmax'})],
  });
  softmax.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  t.throws(() => prepareLoss(softmax as never, new SoftmaxCrossEntropy() as never), {message: /softmax/});
});
