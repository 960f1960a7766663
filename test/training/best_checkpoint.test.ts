import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss} from '../../src';
import {bestCheckpoint} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {freqInfo, smallData, smallModel, weightsOf} from '../helpers/models';

test.before(() => useBackend('cpu'));

test.serial('saves the epochs better than all before, with loss and metrics', async (t) => {
  const saved: tf.io.ModelArtifacts[] = [];
  const told: object[] = [];
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved.push(artifacts);
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  });
  const model = smallModel();
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo});
  model.compile({optimizer: tf.train.adam(0.05), loss, metrics: [new BalancedAccuracy()]});
  const {xs, ys} = smallData(30);
  const weights: number[][][] = [];
  const {history} = await model.fit(xs, ys, {
    epochs: 5,
    verbose: 0,
    validationData: [xs, ys],
    callbacks: [
      bestCheckpoint({monitor: 'val_balanced_accuracy', save: handler}),
      bestCheckpoint({monitor: 'val_balanced_accuracy', save: (_, best) => told.push(best)}),
      new tf.CustomCallback({onEpochEnd: async () => void weights.push(weightsOf(model))}),
    ],
  });
  const values = history.val_balanced_accuracy as number[];
  const better = values.flatMap((value, epoch) =>
    values.slice(0, epoch).every((before) => before < value) ? [{epoch, value}] : [],
  );
  t.deepEqual(told, better);
  t.is(saved.length, better.length);
  const last = await tf.loadLayersModel(tf.io.fromMemory(saved[saved.length - 1]));
  t.deepEqual(weightsOf(last), weights[better[better.length - 1].epoch]);
  t.true((last.loss as unknown) instanceof EqualizationLoss);
});

test('a place to save to is required', (t) => {
  t.throws(() => bestCheckpoint({monitor: 'loss'} as never), {name: 'ValueError', message: /`save`/});
  t.throws(() => bestCheckpoint({monitor: 'loss', save: ''}), {name: 'ValueError', message: /`save`/});
});
