import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, FocalLoss} from '../../src';
import {deserializeEntries, serializeEntries, toCamelCase} from '../../src/serialization/training_config';

test('writes names like tfjs-layers, and reads them back', (t) => {
  // tfjs's own code, unaffected by the hook: it works on any object with a loss.
  const names = [
    'meanSquaredError',
    'hinge',
    'categoricalCrossentropy',
    'kullbackLeiblerDivergence',
    'logcosh',
  ];
  const metrics = ['accuracy', 'ce', 'binaryAccuracy', 'mse', 'sparseCategoricalCrossentropy'];
  const tfjs = tf.LayersModel.prototype as unknown as {
    getLossIdentifiers(this: unknown): string[];
    getMetricIdentifiers(this: unknown): string[];
  };
  t.deepEqual(serializeEntries(names, 'loss') as unknown, tfjs.getLossIdentifiers.call({loss: names}));
  t.deepEqual(serializeEntries(metrics, 'metric') as unknown, tfjs.getMetricIdentifiers.call({metrics}));
  t.deepEqual(deserializeEntries(serializeEntries(names, 'loss'), 'loss') as unknown, names);
  t.deepEqual(deserializeEntries(serializeEntries(metrics, 'metric'), 'metric') as unknown, metrics);
});

test('metrics that compile() does not know by name become functions', (t) => {
  t.deepEqual(deserializeEntries(['recall', 'r2_score', 'acc', 'not_there'], 'metric') as unknown, [
    tf.metrics.recall,
    tf.metrics.r2Score,
    'acc',
    'notThere',
  ]);
});

test('converts identifiers of any form like tfjs-layers', (t) => {
  for (const [written, read] of [
    ['', ''],
    ['_', '_'],
    ['a', 'a'],
    ['hinge', 'hinge'],
    ['mean_squared_error', 'meanSquaredError'],
    ['r2_score', 'r2Score'],
    ['a__b_', 'aB'],
    ['_a', 'A'],
  ]) {
    t.is(toCamelCase(written), read);
  }
});

test('entries by output name, arrays of them and single ones keep their shape', (t) => {
  const balanced = {class_name: 'longtail>BalancedAccuracy', config: {}};
  const entries = {a: ['accuracy', new BalancedAccuracy()], b: new BalancedAccuracy()};
  const written = serializeEntries(entries as never, 'metric');
  t.deepEqual(written, {a: ['accuracy', balanced], b: balanced});
  const read = deserializeEntries(JSON.parse(JSON.stringify(written)), 'metric') as unknown as typeof entries;
  t.true(read.a[1] instanceof BalancedAccuracy && read.b instanceof BalancedAccuracy);
});

test('names entries that cannot be read', (t) => {
  t.throws(() => deserializeEntries([null] as never, 'loss'), {message: /saved loss .* Received: null/});
  t.throws(() => deserializeEntries({class_name: 'function', config: 'losses.gone'}, 'loss'), {
    message: /unknown function "losses.gone"/,
  });
});

test('outputs may be named class_name and config', (t) => {
  const balanced = {class_name: 'longtail>BalancedAccuracy', config: {}};
  const forms = [
    {class_name: new BalancedAccuracy(), b: 'mse'},
    {class_name: 'mse', b: 'mae'},
    {class_name: 'mse', config: 'mae'},
    {class_name: 'mse', config: ['mae', new BalancedAccuracy()]},
    {class_name: ['mse'], config: new BalancedAccuracy()},
    {class_name: 'mse', config: new BalancedAccuracy()},
    {class_name: new BalancedAccuracy(), config: new BalancedAccuracy()},
  ];
  const plain = (entries: unknown) =>
    JSON.parse(JSON.stringify(entries, (_, value) => (value instanceof BalancedAccuracy ? balanced : value)));
  for (const entries of forms) {
    const written = serializeEntries(entries as never, 'metric');
    t.deepEqual(written, plain(entries));
    const read = deserializeEntries(JSON.parse(JSON.stringify(written)), 'metric');
    t.deepEqual(plain(read), plain(entries));
    t.deepEqual(Object.keys(read), Object.keys(entries));
  }
});

test('a metric is not a loss, but a loss may be a metric', (t) => {
  const loss = {class_name: 'longtail>FocalLoss', config: {gamma: 2}};
  t.true((deserializeEntries([loss], 'metric') as unknown[])[0] instanceof FocalLoss);
  t.throws(() => deserializeEntries({class_name: 'longtail>BalancedAccuracy', config: {}}, 'loss'), {
    name: 'ValueError',
    message: /Expected `loss` to be a saved Loss/,
  });
});
