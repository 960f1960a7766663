import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {AveragePrecision} from '../../src/metrics';
import {judgedMetrics} from '../../src/report/judged_metrics';
import {useBackend} from '../helpers/backends';

const models = [1, -1].map((sign) => ({
  name: `times ${sign}`,
  model: {predict: (x: tf.Tensor) => tf.mul(x, sign)},
}));
const make = () => new AveragePrecision();
const xs = [
  [2, 0],
  [1, 3],
  [0, 4],
];

test.serial("each model's metric sees all batches, and is read by its name", async (t) => {
  await useBackend('cpu');
  const batches = [xs.slice(0, 2), xs.slice(2)].map((rows, i) => ({
    xs: tf.tensor2d(rows),
    ys: tf.tensor1d(i === 0 ? [0, 1] : [1], 'int32'),
  }));
  const read = (metric: AveragePrecision, name: string) => [name, [...metric.perClass()]];
  const judged = await judgedMetrics(models, tf.data.array(batches) as never, {}, make, read);
  t.deepEqual(judged[0], ['times 1', [1, 1]]);
  t.is(judged[1][0], 'times -1');
  t.true((judged[1][1] as number[]).every((value) => value < 1));
});

test.serial('disposes their tensors, even if a batch is refused', async (t) => {
  await useBackend('cpu');
  const metrics: AveragePrecision[] = [];
  const made = () => {
    metrics.push(make());
    return metrics[metrics.length - 1];
  };
  const data = {xs: tf.tensor2d(xs), ys: tf.tensor1d([0, 9, 1], 'int32')};
  const before = tf.memory().numTensors;
  const judged = judgedMetrics(models, data, {}, made, (metric) => metric.perClass());
  await t.throwsAsync(judged, {name: 'ValueError', message: /Received: 9 in row 1$/});
  t.is(metrics.length, 2);
  t.is(tf.memory().numTensors, before);
});
