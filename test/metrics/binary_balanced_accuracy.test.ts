import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BinaryBalancedAccuracy} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from '../helpers/backends';
import {binaryLabels, binaryMetricFixtures} from '../helpers/metric_fixtures';

test('is restored from its configuration', (t) => {
  const json = JSON.parse(JSON.stringify(serializeObject(new BinaryBalancedAccuracy())));
  t.deepEqual(json, {class_name: 'longtail>BinaryBalancedAccuracy', config: {}});
  t.true(deserializeObject(json) instanceof BinaryBalancedAccuracy);
  t.is(new BinaryBalancedAccuracy().name, 'binary_balanced_accuracy');
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `equals scikit-learn's balanced_accuracy_score, for labels of any form (${backend})`,
    async (t) => {
      await useBackend(backend);
      for (const fixture of binaryMetricFixtures) {
        for (const [yTrue, shape] of binaryLabels(fixture)) {
          const value = new BinaryBalancedAccuracy()(yTrue, tf.tensor(fixture.logits, shape)).dataSync()[0];
          const what = `${value}, not ${fixture.balancedAccuracy}, ${yTrue.dtype} [${yTrue.shape}]`;
          t.true(Math.abs(value - fixture.balancedAccuracy) < 1e-6, what);
        }
      }
    },
  );

  test.serial(`batches sum to the whole, and none is NaN (${backend})`, async (t) => {
    await useBackend(backend);
    const metric = new BinaryBalancedAccuracy();
    const {labels, logits, balancedAccuracy} = binaryMetricFixtures[1];
    const totals = [tf.zeros([2]), tf.zeros([2])];
    for (let first = 0; first < labels.length; first += 7) {
      const [y, z] = [labels, logits].map((x) => x.slice(first, first + 7));
      metric.statistics(tf.tensor1d(y), tf.tensor2d(z, [z.length, 1])).forEach((x, i) => {
        totals[i] = totals[i].add(x);
      });
    }
    t.true(Math.abs(metric.result(totals).dataSync()[0] - balancedAccuracy) < 1e-6);
    t.is(metric(tf.zeros([0]), tf.zeros([0, 1])).dataSync()[0], Number.NaN);
  });
}

test.serial('rejects more than one class', async (t) => {
  await useBackend('cpu');
  t.throws(() => new BinaryBalancedAccuracy()(tf.zeros([2, 2]), tf.zeros([2, 2])), {
    name: 'ValueError',
    message: /`yPred` to be one logit or probability.*Received: tensor of shape \[2, 2\]/,
  });
});
