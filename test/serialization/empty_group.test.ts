import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  EqualizationLoss,
  type FrequencyInfo,
  GroupAccuracy,
} from '../../src';
import {F1} from '../../src/metrics';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

function warningsOf(compile: () => void): string[] {
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (text: string) => void warnings.push(text);
  try {
    compile();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

function compiled(metric: GroupAccuracy, freqInfo: FrequencyInfo): tf.Sequential {
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
  model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0, freqInfo}), metrics: [metric]});
  return model;
}

const frequent = new ClassFrequency({imageCounts: [500, 400], numImages: 1000});

test.serial('warns once about an empty group, with its bounds and its effect on early stopping', (t) => {
  const metric = new GroupAccuracy({group: 'rare', freqInfo: frequent});
  const [warning, ...others] = warningsOf(() => compiled(metric, frequent));
  t.deepEqual(others, []);
  t.regex(
    warning,
    /no class is in group "rare" of .*"maxImages":10.*'rare_accuracy' will be NaN.*earlyStopping/,
  );
  t.deepEqual(
    warningsOf(() => compiled(metric, frequent)),
    [],
  );
  const bounds = [{name: 'tail', maxFrequency: 0.01}, {name: 'head'}];
  const own = warningsOf(() =>
    compiled(new GroupAccuracy({group: 'tail', freqInfo: [0.3, 0.2], bounds}), frequent),
  );
  t.regex(own[0], /"tail" of .*"maxFrequency":0.01/);
});

test.serial('does not warn about a nonempty group, or a counter that has not counted yet', (t) => {
  t.deepEqual(
    warningsOf(() => compiled(new GroupAccuracy({group: 'frequent', freqInfo: frequent}), frequent)),
    [],
  );
  const counter = new ClassFrequencyCounter({numClasses: 2});
  t.deepEqual(
    warningsOf(() => compiled(new GroupAccuracy({group: 'frequent', freqInfo: counter}), frequent)),
    [],
  );
  counter.merge(frequent);
  const [warning] = warningsOf(() =>
    compiled(new GroupAccuracy({group: 'rare', freqInfo: counter}), frequent),
  );
  t.regex(warning, /no class is in group "rare"/);
});

test.serial('warns about any metric of a group, naming its class', (t) => {
  const [warning] = warningsOf(() =>
    compiled(new F1({group: 'rare', freqInfo: frequent}) as never, frequent),
  );
  t.regex(warning, /^F1: no class is in group "rare"/);
  t.deepEqual(
    warningsOf(() => compiled(new F1() as never, frequent)),
    [],
  );
});

test.serial('early stopping treats NaN as no improvement, as the warning says', async (t) => {
  let model!: tf.Sequential;
  warningsOf(() => {
    model = compiled(new GroupAccuracy({group: 'rare', freqInfo: frequent}), frequent);
  });
  const {history} = await model.fit(tf.zeros([4, 3]), tf.tensor1d([0, 1, 0, 1], 'int32'), {
    epochs: 5,
    verbose: 0,
    callbacks: tf.callbacks.earlyStopping({monitor: 'rare_accuracy', patience: 2}),
  });
  t.deepEqual(history.rare_accuracy, [Number.NaN, Number.NaN]);
});
