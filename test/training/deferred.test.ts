import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  BalancedAccuracy,
  BalancedSoftmaxLoss,
  classWeights,
  LDAMLoss,
  SeesawLoss,
  SoftmaxCrossEntropy,
} from '../../src';
import {deferred} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {batchesOfTail, longTail, TAIL_CLASSES, trainData} from '../helpers/long_tail';
import {reload, savedArtifacts, trainingConfigOf, weightsOf} from '../helpers/models';

test.before(() => useBackend('cpu'));

const classWeight = classWeights(longTail);
const adjusted = () => new BalancedSoftmaxLoss({freqInfo: longTail});
const options = {batchSize: 32, shuffle: false, verbose: 0} as const;

// No dropout: two trainings have to agree to the bit.
function model(loss: unknown = new SoftmaxCrossEntropy(), metrics: never[] = []): tf.Sequential {
  const seeded = (seed: number) => tf.initializers.glorotUniform({seed});
  const made = tf.sequential({
    layers: [
      tf.layers.dense({units: 8, inputShape: [6], activation: 'tanh', kernelInitializer: seeded(1)}),
      tf.layers.dense({units: TAIL_CLASSES, kernelInitializer: seeded(2)}),
    ],
  });
  made.compile({optimizer: tf.train.adam(0.02), loss: loss as string, metrics});
  return made;
}

/** The same by hand: compiled anew with the same optimizer between two trainings. */
async function byHand(
  first: () => unknown,
  second: () => unknown,
  more: {classWeight?: object; rate?: number} = {},
): Promise<{weights: number[][]; losses: unknown[]}> {
  const {xs, ys} = trainData();
  const made = model(first());
  const {optimizer} = made;
  const before = await made.fit(xs, ys, {...options, epochs: 2});
  const losses = [...before.history.loss];
  made.compile({optimizer, loss: second() as string});
  if (more.rate !== undefined) (optimizer as unknown as {learningRate: number}).learningRate = more.rate;
  const after = await made.fit(xs, ys, {...options, epochs: 2, classWeight: more.classWeight as never});
  return {weights: weightsOf(made), losses: [...losses, ...after.history.loss]};
}

test.serial('from the epoch on the loss is another, as if recompiled with the same optimizer', async (t) => {
  const {xs, ys} = trainData();
  const oneHot = tf.oneHot(ys, TAIL_CLASSES).toFloat();
  const ofTfjs = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
    tf.neg(tf.sum(tf.mul(yTrue, tf.logSoftmax(yPred as tf.Tensor2D)), -1));
  for (const [first, labels] of [
    [() => new SoftmaxCrossEntropy(), ys],
    [() => ofTfjs, oneHot],
  ] as Array<[() => unknown, tf.Tensor]>) {
    const wanted = await byHand(() => new SoftmaxCrossEntropy(), adjusted);
    const made = model(first());
    const second = adjusted();
    const {optimizer} = made;
    const callbacks = deferred({epoch: 2, loss: second});
    const {history} = await made.fit(xs, labels, {...options, epochs: 4, callbacks});
    t.true(
      weightsOf(made)
        .flat()
        .every((value, i) => Math.abs(value - wanted.weights.flat()[i]) < 1e-6),
    );
    t.true(wanted.losses.every((loss, i) => Math.abs((loss as number) - (history.loss[i] as number)) < 1e-6));
    t.is(made.loss, second);
    t.is(made.optimizer, optimizer);
    t.is(
      (trainingConfigOf(await savedArtifacts(made)).loss as {class_name: string}).class_name,
      'longtail>BalancedSoftmaxLoss',
    );
  }
});

test.serial('class weights and learning rate, in fit and fitDataset', async (t) => {
  const {xs, ys} = trainData();
  const plain = () => new SoftmaxCrossEntropy();
  const wanted = await byHand(plain, plain, {classWeight, rate: 0.001});
  for (const withDataset of [false, true]) {
    const made = model();
    const callbacks = deferred({epoch: 2, classWeight, learningRate: 0.001});
    const before = tf.memory().numTensors;
    const {history} = withDataset
      ? await made.fitDataset(batchesOfTail(), {epochs: 4, verbose: 0, callbacks})
      : await made.fit(xs, ys, {...options, epochs: 4, callbacks});
    if (!withDataset) t.is(tf.memory().numTensors, before + 2 * 4, "Adam's moments");
    t.true(
      weightsOf(made)
        .flat()
        .every((value, i) => Math.abs(value - wanted.weights.flat()[i]) < 1e-6),
      `${withDataset}`,
    );
    t.true(wanted.losses.every((loss, i) => Math.abs((loss as number) - (history.loss[i] as number)) < 1e-6));
  }
});

test.serial('DRW with a TensorFlow.js loss, and SGD, which keeps its rate as a tensor', async (t) => {
  const {xs, ys} = trainData();
  const oneHot = tf.oneHot(ys, TAIL_CLASSES).toFloat();
  const make = () => {
    const made = model('meanSquaredError');
    made.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
    return made;
  };
  const wanted = make();
  await wanted.fit(xs, oneHot, {...options, epochs: 1});
  (wanted.optimizer as tf.SGDOptimizer).setLearningRate(0.5);
  await wanted.fit(xs, oneHot, {...options, epochs: 1, classWeight});
  const made = make();
  const callbacks = [deferred({epoch: 1, classWeight}), deferred({epoch: 1, learningRate: 0.5})];
  await made.fit(xs, oneHot, {...options, epochs: 2, callbacks});
  t.deepEqual(weightsOf(made), weightsOf(wanted));
});

test.serial('metrics stay right over the whole pass, and validation uses the second loss', async (t) => {
  const {xs, ys} = trainData();
  const made = model(new SoftmaxCrossEntropy(), [new BalancedAccuracy(), 'accuracy'] as never[]);
  const callbacks = deferred({epoch: 1, loss: adjusted(), learningRate: 1e-12});
  const {history} = await made.fit(xs, ys, {...options, epochs: 3, validationData: [xs, ys], callbacks});
  const names = made.metricsNames;
  const values = (made.evaluate(xs, ys) as tf.Scalar[]).map((value) => value.dataSync()[0]);
  for (const prefix of ['', 'val_']) {
    names.forEach((name, i) => {
      t.true(Math.abs((history[`${prefix}${name}`][2] as number) - values[i]) < 1e-5, `${prefix}${name}`);
    });
  }
  const plain = model(new SoftmaxCrossEntropy());
  plain.setWeights(made.getWeights());
  t.true(Math.abs((plain.evaluate(xs, ys) as tf.Scalar).dataSync()[0] - values[0]) > 1e-2);
});

test.serial(
  'resumed at a later epoch, training continues with the changes, and a saved loss keeps its state',
  async (t) => {
    const {xs, ys} = trainData();
    const loss = () => new SeesawLoss({numClasses: TAIL_CLASSES});
    const callbacks = () => deferred({epoch: 1, loss: loss(), classWeight, learningRate: 0.005});
    const whole = model();
    await whole.fit(xs, ys, {...options, epochs: 4, callbacks: callbacks()});
    const stopped = model();
    await stopped.fit(xs, ys, {...options, epochs: 2, callbacks: callbacks()});
    const resumed = await reload(stopped);
    t.true(resumed.loss instanceof SeesawLoss);
    await resumed.fit(xs, ys, {...options, initialEpoch: 2, epochs: 4, callbacks: callbacks()});
    t.deepEqual(weightsOf(resumed), weightsOf(whole));
    t.deepEqual(
      (resumed.loss as unknown as SeesawLoss).getState(),
      (whole.loss as unknown as SeesawLoss).getState(),
    );
    // Begun at a later epoch for the first time, it changes at once.
    const late = model();
    await late.fit(xs, ys, {...options, initialEpoch: 2, epochs: 3, callbacks: callbacks()});
    t.true(late.loss instanceof SeesawLoss);
  },
);

test.serial('before the epoch nothing changes', async (t) => {
  const {xs, ys} = trainData();
  const [plain, made] = [model(), model()];
  await plain.fit(xs, ys, {...options, epochs: 2});
  const {loss} = made;
  const callbacks = deferred({epoch: 2, loss: adjusted(), classWeight, learningRate: 1});
  await made.fit(xs, ys, {...options, epochs: 2, callbacks});
  t.deepEqual(weightsOf(made), weightsOf(plain));
  t.is(made.loss, loss);
});

test.serial('a dataset’s sampler', async (t) => {
  const source = batchesOfTail();
  const seen: unknown[] = [];
  const dataset = {
    sampler: 'uniform',
    iterator: async () => {
      seen.push(dataset.sampler);
      return (await source.iterator()) as never;
    },
  };
  const callbacks = deferred({epoch: 1, sampler: 'classAware'});
  await model().fitDataset(dataset as never, {epochs: 3, verbose: 0, callbacks});
  t.deepEqual(seen.slice(-3), ['uniform', 'classAware', 'classAware']);
  const {xs, ys} = trainData();
  const message = /Expected `sampler` to be left out, or the data set of fitDataset to have a `sampler`/;
  await t.throwsAsync(model().fit(xs, ys, {...options, callbacks}), {message});
  await t.throwsAsync(model().fitDataset(source, {epochs: 1, verbose: 0, callbacks}), {message});
});

test.serial('errors are reported before the first step', async (t) => {
  const {xs, ys} = trainData();
  for (const [wrong, message] of [
    [{epoch: -1, classWeight}, /`epoch`/],
    [{epoch: 0.5, classWeight}, /`epoch`/],
    [{epoch: 1}, /at least one change: loss, classWeight, sampler, learningRate/],
    [{epoch: 1, learningRate: 0}, /`learningRate`/],
    [{epoch: 1, clasWeight: {}}, /"clasWeight".*"classWeight"/],
  ] as Array<[never, RegExp]>) {
    t.throws(() => deferred(wrong), {message, name: 'ValueError'});
  }
  const made = model();
  const before = weightsOf(made);
  for (const [wrong, message] of [
    [{loss: LDAMLoss}, /`loss` to be an instance/],
    [{loss: 'meanSquaredError'}, /`loss` to be one that takes labels of any form/],
    [{classWeight: {0: 1}}, /`classWeight`.*missing: 1, 2, 3/],
    [{classWeight: 3}, /`classWeight`/],
    [{classWeight: {...classWeight, 1: -1}}, /`classWeight\[1\]` to be a finite number ≥ 0 .*Received: -1/],
  ] as Array<[object, RegExp]>) {
    const callbacks = deferred({epoch: 9, ...wrong} as never);
    await t.throwsAsync(made.fit(xs, ys, {...options, callbacks}), {message, name: 'ValueError'});
  }
  made.compile({optimizer: 'adadelta', loss: new SoftmaxCrossEntropy()});
  t.deepEqual(weightsOf(made), before);
});
