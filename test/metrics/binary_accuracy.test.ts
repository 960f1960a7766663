import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BinaryAccuracy} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from '../helpers/backends';
import {binaryLabels, binaryMetricFixtures} from '../helpers/metric_fixtures';

test('is restored from its configuration', (t) => {
  const json = JSON.parse(JSON.stringify(serializeObject(new BinaryAccuracy({fromLogits: false}))));
  t.deepEqual(json, {class_name: 'longtail>BinaryAccuracy', config: {from_logits: false}});
  const again = deserializeObject(json) as BinaryAccuracy;
  t.true(again instanceof BinaryAccuracy);
  t.false(again.fromLogits);
  t.is(again.name, 'binary_accuracy');
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`equals scikit-learn's accuracy_score, for labels of any form (${backend})`, async (t) => {
    await useBackend(backend);
    for (const fixture of binaryMetricFixtures) {
      for (const [yTrue, shape] of binaryLabels(fixture)) {
        const value = new BinaryAccuracy()(yTrue, tf.tensor(fixture.logits, shape)).dataSync()[0];
        const what = `${value}, not ${fixture.accuracy}, ${yTrue.dtype} [${yTrue.shape}]`;
        t.true(Math.abs(value - fixture.accuracy) < 1e-6, what);
      }
    }
    t.is(new BinaryAccuracy()(tf.zeros([0]), tf.zeros([0, 1])).dataSync()[0], Number.NaN);
  });
}

test.serial('rejects more than one class', async (t) => {
  await useBackend('cpu');
  t.throws(() => new BinaryAccuracy()(tf.tensor1d([0, 1]), tf.zeros([2, 3])), {
    message: /`yPred` to be one logit or probability.*Received: tensor of shape \[2, 3\]/,
  });
});
