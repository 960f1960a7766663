import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import * as main from '../../src';
import * as metrics from '../../src/metrics';
import {useBackend} from '../helpers/backends';
import {freqInfo, reload, smallData, smallModel} from '../helpers/models';

test.before(() => useBackend('cpu'));

test('the metrics of the main entry are here too, but not the reverse', (t) => {
  t.is(metrics.BalancedAccuracy, main.BalancedAccuracy);
  t.is(metrics.GroupAccuracy, main.GroupAccuracy);
  t.is(metrics.Metric, main.Metric);
  t.is(metrics.ConfusionMatrix, main.ConfusionMatrix);
  t.false('Precision' in main);
});

test.serial('every metric survives a saved model, and counts a whole pass under its name', async (t) => {
  const group = {group: 'rare', freqInfo};
  const all = [
    new metrics.Precision(),
    new metrics.Recall(group),
    new metrics.F1({average: 'micro'}),
    new metrics.AveragePrecision(group),
    new metrics.AreaUnderROC(),
    new metrics.MeanAveragePrecision(),
    new metrics.TopK({k: 2}),
    new metrics.MatthewsCorrelation(),
    new metrics.ExpectedCalibrationError(),
  ];
  const model = smallModel();
  const loss = new main.EqualizationLoss({lambda: 0.05, freqInfo});
  model.compile({optimizer: tf.train.sgd(0), loss, metrics: all});
  const loaded = (await reload(model)) as tf.LayersModel;
  const {xs, ys} = smallData(40);
  const scores = model.predict(xs) as tf.Tensor;
  for (const batchSize of [7, 40]) {
    const {history} = await loaded.fit(xs, ys, {epochs: 1, batchSize, verbose: 0, validationData: [xs, ys]});
    const names = all.map(({name}) => name);
    t.deepEqual(names, [
      'precision',
      'rare_recall',
      'micro_f1',
      'rare_average_precision',
      'area_under_roc',
      'mean_average_precision',
      'top_2_accuracy',
      'matthews_correlation',
      'calibration_error',
    ]);
    for (const metric of all) {
      const expected = metric.reset().update(ys, scores, {activation: 'sigmoid'}).value();
      t.true(expected > -1 && expected < 1);
      for (const name of [metric.name, `val_${metric.name}`]) {
        t.true(Math.abs((history[name][0] as number) - expected) < 1e-6, name);
      }
    }
  }
});
