import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, GroupAccuracy, QUANTILE_GROUPS} from '../../src';
import {earlyStopping} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {freqInfo, smallData, smallModel, weightsOf} from '../helpers/models';

test.before(() => useBackend('cpu'));

/** A model, and logs that say what a test wants. */
async function trainBy(values: number[], options: Parameters<typeof earlyStopping>[0] = {}) {
  const model = smallModel();
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  const weights: number[][][] = [];
  const stop = earlyStopping({monitor: 'val_few_accuracy', ...options});
  const {xs} = smallData(4);
  const {epoch} = await model.fit(xs, tf.ones([4, 5]), {
    epochs: values.length,
    verbose: 0,
    callbacks: [
      new tf.CustomCallback({
        onEpochEnd: async (at, logs) => {
          weights.push(weightsOf(model));
          if (logs) logs.val_few_accuracy = values[at];
        },
      }),
      stop,
    ],
  });
  return {epochs: epoch.length, stop, weights, final: weightsOf(model)};
}

test.serial('stops when nothing improves any more, with the weights of the best epoch', async (t) => {
  const {epochs, stop, weights, final} = await trainBy([0.1, 0.5, 0.4, 0.5, 0.9], {patience: 2});
  t.deepEqual([epochs, stop.stoppedEpoch, stop.bestEpoch, stop.bestValue], [4, 3, 1, 0.5]);
  t.deepEqual(final, weights[1]);
});

test.serial('restores them also when training ends by itself, unless told not to', async (t) => {
  const ended = await trainBy([0.5, 0.1], {patience: 9});
  t.deepEqual([ended.epochs, ended.stop.stoppedEpoch, ended.final], [2, undefined, ended.weights[0]]);
  const left = await trainBy([0.5, 0.1], {patience: 9, restoreBestWeights: false});
  t.deepEqual(left.final, left.weights[1]);
});

test.serial('NaN is no improvement, nor is a change of minDelta; the mode may be given', async (t) => {
  t.is((await trainBy([Number.NaN, 0.1, Number.NaN], {patience: 3})).stop.bestEpoch, 1);
  t.is((await trainBy([Number.NaN, Number.NaN], {patience: 1})).stop.bestEpoch, undefined);
  t.is((await trainBy([0.5, 0.55, 0.7], {patience: 3, minDelta: 0.1})).stop.bestEpoch, 2);
  t.is((await trainBy([0.5, 0.4, 0.7], {patience: 3, mode: 'min'})).stop.bestEpoch, 1);
});

test.serial('whole-pass values of metric objects, by name, without a leak', async (t) => {
  const model = smallModel();
  const few = new GroupAccuracy({group: 'few', freqInfo, bounds: QUANTILE_GROUPS});
  model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0.05, freqInfo}), metrics: [few]});
  const {xs, ys} = smallData(30);
  const trainOnce = async () => {
    const stop = earlyStopping({monitor: 'val_few_accuracy', patience: 5});
    const {history} = await model.fit(xs, ys, {
      epochs: 4,
      verbose: 0,
      validationData: [xs, ys],
      callbacks: [stop, tf.callbacks.earlyStopping({monitor: 'val_loss', patience: 9})],
    });
    t.is(stop.bestValue, Math.max(...(history.val_few_accuracy as number[])));
  };
  await trainOnce();
  const before = tf.memory().numTensors;
  await trainOnce();
  t.is(tf.memory().numTensors, before);
});

test.serial('a name that the history lacks, and options that make no sense, are rejected', async (t) => {
  const model = smallModel();
  model.compile({
    optimizer: 'sgd',
    loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    metrics: [new BalancedAccuracy()],
  });
  const {xs, ys} = smallData(6);
  const callbacks = [earlyStopping({monitor: 'val_other_accuracy'})];
  await t.throwsAsync(model.fit(xs, ys, {epochs: 1, verbose: 0, callbacks}), {
    name: 'ValueError',
    message: /name in the history \(loss, balanced_accuracy\). Received: "val_other_accuracy"/,
  });
  const refused = (options: object, message: RegExp) =>
    t.throws(() => earlyStopping(options), {name: 'ValueError', message});
  refused({monitor: 'val_mine'}, /`mode` to be 'min' or 'max', as 'val_mine' does not say it/);
  refused({monitor: ''}, /`monitor`/);
  refused({mode: 'auto'}, /`mode`/);
  refused({patience: -1}, /`patience`/);
  refused({minDelta: -1}, /`minDelta`/);
  refused({monitr: 'loss'}, /did you mean "monitor"/);
});
