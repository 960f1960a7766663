import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  BalancedAccuracy,
  BinaryAccuracy,
  BinaryBalancedAccuracy,
  ClassFrequency,
  ForegroundAccuracy,
  GroupAccuracy,
  type Metric,
  type MetricOptions,
} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from '../helpers/backends';
import {binaryMetricFixtures} from '../helpers/metric_fixtures';

const freqInfo = new ClassFrequency({imageCounts: [2], numImages: 10});
const METRICS: Record<string, (options?: MetricOptions) => Metric> = {
  BalancedAccuracy: (options) => new BalancedAccuracy(options),
  ForegroundAccuracy: (options) => new ForegroundAccuracy(options),
  BinaryAccuracy: (options) => new BinaryAccuracy(options),
  BinaryBalancedAccuracy: (options) => new BinaryBalancedAccuracy(options),
  GroupAccuracy: (options) => new GroupAccuracy({group: 'rare', freqInfo, ...options}),
};

for (const [className, make] of Object.entries(METRICS)) {
  test(`${className}: a custom name is saved, the default one is not`, (t) => {
    const usual = make();
    t.is(usual.name, className === 'GroupAccuracy' ? 'rare_accuracy' : snake(className));
    t.false('name' in usual.getConfig() || 'from_logits' in usual.getConfig());
    for (const options of [{}, {name: 'mine'}, {fromLogits: false}, {name: 'mine', fromLogits: true}]) {
      const json = JSON.parse(JSON.stringify(serializeObject(make(options))));
      const again = deserializeObject(json) as Metric;
      t.is(again.name, options.name ?? usual.name);
      t.deepEqual(again.getConfig(), make(options).getConfig());
      t.is(json.config.name, options.name);
      t.is(json.config.from_logits, options.fromLogits);
    }
  });

  test(`${className}: a name assigned later is saved`, (t) => {
    const metric = make();
    metric.name = 'later';
    const again = deserializeObject(JSON.parse(JSON.stringify(serializeObject(metric)))) as Metric;
    t.is(again.name, 'later');
    const renamed = make({name: 'mine'});
    renamed.name = 'later';
    t.is(renamed.getConfig().name, 'later');
    metric.name = make().name;
    t.false('name' in metric.getConfig());
  });

  test(`${className}: unknown options and wrong types are rejected`, (t) => {
    t.throws(() => make({nmae: 'x'} as never), {
      name: 'ValueError',
      message: `Expected the options of ${className} to have known names only. Received: "nmae" (did you mean "name"?)`,
    });
    t.throws(() => make({gamma: 1} as never), {message: /known: .*name, fromLogits/});
    for (const name of ['', 3, null])
      t.throws(() => make({name} as never), {message: /`name` to be a non-empty/});
    t.throws(() => make({fromLogits: 'no'} as never), {message: /`fromLogits` to be true or false/});
  });

  test.serial(`${className}: the threshold is 0 for one logit, .5 for a probability`, async (t) => {
    await useBackend('cpu');
    const {labels, logits, ...scores} = binaryMetricFixtures[1];
    const expected =
      {BinaryAccuracy: scores.accuracy, BinaryBalancedAccuracy: scores.balancedAccuracy}[className] ??
      (scores.recall as number);
    const y = tf.tensor1d(labels);
    const z = tf.tensor2d(logits, [logits.length, 1]);
    const p = tf.sigmoid(z);
    const inContext = (metric: Metric, yPred: tf.Tensor, fromLogits?: boolean) =>
      metric.result(metric.statistics(y, yPred, {fromLogits})).dataSync()[0];
    for (const value of [
      make()(y, z).dataSync()[0],
      inContext(make(), z),
      inContext(make(), z, true),
      inContext(make(), p, false),
      make({fromLogits: false})(y, p).dataSync()[0],
      // The option comes first.
      inContext(make({fromLogits: false}), p, true),
      inContext(make({fromLogits: true}), z, false),
    ]) {
      t.true(Math.abs(value - expected) < 1e-6, `${value}, not ${expected}`);
    }
    t.true(
      Math.abs(make()(y, p).dataSync()[0] - expected) > 1e-3,
      'probabilities read as logits tell nothing',
    );
  });

  test.serial(`${className}: recall is 1 if all are predicted positive, 0 if none is`, async (t) => {
    await useBackend('cpu');
    const y = tf.tensor2d([1, 0, 0, 0, 0, 0, 0, 0, 0, 1], [10, 1]);
    const values = [5, -5].map((logit) => make()(y, tf.fill([10, 1], logit)).dataSync()[0]);
    const wanted = {BinaryAccuracy: [0.2, 0.8], BinaryBalancedAccuracy: [0.5, 0.5]}[className] ?? [1, 0];
    t.deepEqual(
      values.map((x) => +x.toFixed(6)),
      wanted,
    );
  });
}

function snake(className: string): string {
  return className.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
