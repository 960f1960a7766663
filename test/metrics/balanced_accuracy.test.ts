import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from '../helpers/backends';
import {metricFixtures, tensorsOf} from '../helpers/metric_fixtures';

test('is restored from its configuration', (t) => {
  const json = JSON.parse(JSON.stringify(serializeObject(new BalancedAccuracy())));
  t.deepEqual(json, {class_name: 'longtail>BalancedAccuracy', config: {}});
  t.true(deserializeObject(json) instanceof BalancedAccuracy);
  t.is(new BalancedAccuracy().name, 'balanced_accuracy');
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`equals scikit-learn's balanced_accuracy_score (${backend})`, async (t) => {
    await useBackend(backend);
    for (const fixture of metricFixtures) {
      const value = new BalancedAccuracy()(...tensorsOf(fixture)).dataSync()[0];
      t.true(Math.abs(value - fixture.balancedAccuracy) < 1e-6, `${value}, not ${fixture.balancedAccuracy}`);
    }
  });
}

test.serial('is NaN if no class occurs', async (t) => {
  await useBackend('cpu');
  t.is(new BalancedAccuracy()(tf.tensor1d([3], 'int32'), tf.zeros([1, 3])).dataSync()[0], Number.NaN);
});
