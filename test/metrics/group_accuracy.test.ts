import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency, ClassFrequencyCounter, GroupAccuracy} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from '../helpers/backends';
import {type MetricFixture, metricFixtures, tensorsOf} from '../helpers/metric_fixtures';

const freqInfo = new ClassFrequency({imageCounts: [150, 60, 4], numImages: 200});
const bounds = [{name: 'few', maxImages: 60}, {name: 'many'}];

test('is restored from its configuration', (t) => {
  for (const info of [freqInfo, [0.5, 0.1, 0.01]]) {
    const byFrequency = [{name: 'few', maxFrequency: 0.1}, {name: 'many'}];
    const metric = new GroupAccuracy({group: 'few', freqInfo: info, bounds: byFrequency});
    const again = deserializeObject(JSON.parse(JSON.stringify(serializeObject(metric)))) as GroupAccuracy;
    t.true(again instanceof GroupAccuracy);
    t.is(again.name, 'few_accuracy');
    t.deepEqual(again.getConfig(), metric.getConfig());
  }
});

/** A ClassFrequency in which the fixture's group, and nothing else, is rare. */
const groupIsRare = ({classes, group}: MetricFixture) =>
  new ClassFrequency({
    imageCounts: Array.from({length: classes}, (_, j) => (group.includes(j) ? 10 : 11)),
    numImages: 1000,
  });

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `equals scikit-learn's accuracy_score over the samples of the group (${backend})`,
    async (t) => {
      await useBackend(backend);
      for (const fixture of metricFixtures) {
        const metric = new GroupAccuracy({group: 'rare', freqInfo: groupIsRare(fixture)});
        const value = metric(...tensorsOf(fixture)).dataSync()[0];
        const wanted = fixture.groupAccuracy ?? Number.NaN;
        t.true(Object.is(value, wanted) || Math.abs(value - wanted) < 1e-6, `${value}, not ${wanted}`);
      }
    },
  );
}

test.serial("a live counter's current counts decide", async (t) => {
  await useBackend('cpu');
  const counter = new ClassFrequencyCounter({numClasses: 2});
  const metric = new GroupAccuracy({
    group: 'many',
    freqInfo: counter,
    bounds: [{name: 'few', maxImages: 1}, {name: 'many'}],
  });
  const y = tf.tensor1d([0, 1], 'int32');
  const z = tf.tensor2d([
    [1, 0],
    [1, 0],
  ]);
  counter.add(0);
  t.is(metric(y, z).dataSync()[0], Number.NaN);
  counter.add(0);
  t.is(metric(y, z).dataSync()[0], 1);
  counter.add(1).add(1);
  t.is(metric(y, z).dataSync()[0], 0.5);
});

test.serial('rejects a group that the bounds do not name, and other numbers of classes', async (t) => {
  await useBackend('cpu');
  t.throws(() => new GroupAccuracy({group: 'medium', freqInfo, bounds}), {
    name: 'ValueError',
    message: /Expected `group` to be one of 'few', 'many'. Received: "medium"/,
  });
  t.throws(() => new GroupAccuracy({group: 'rare', freqInfo: [0.1, 0.2]}), {name: 'ValueError'});
  const metric = new GroupAccuracy({group: 'few', freqInfo, bounds});
  t.throws(() => metric(tf.tensor1d([0], 'int32'), tf.zeros([1, 4])), {
    message: /Expected `freqInfo` to be about 4 classes.* Received: 3/,
  });
});
