import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import '../../src';
import {nearestClassMean} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {balancedAccuracy, batchesOfTail, TAIL_CLASSES, tailModel, trainData} from '../helpers/long_tail';
import {weightsOf} from '../helpers/models';
import {served} from '../helpers/served';

test.before(() => useBackend('cpu'));

/** Distance or negative cosine to the mean of each class, in float64; Infinity for a class without samples. */
function distances(
  features: number[][],
  labels: number[],
  x: number[],
  metric: string,
  classes = TAIL_CLASSES,
): number[] {
  return Array.from({length: classes}, (_, j) => {
    const own = features.filter((_, i) => labels[i] === j);
    if (own.length === 0) return Number.POSITIVE_INFINITY;
    const mean = x.map((_, k) => own.reduce((sum, row) => sum + row[k], 0) / own.length);
    if (metric === 'euclidean') return Math.hypot(...mean.map((value, k) => value - x[k]));
    return -mean.reduce((sum, value, k) => sum + value * x[k], 0) / Math.hypot(...mean);
  });
}

/** Whether the arg max is the nearest mean, up to ties of float32. */
function isNearest(scores: number[], wanted: number[]): boolean {
  const chosen = scores.indexOf(Math.max(...scores));
  const least = Math.min(...wanted);
  return wanted[chosen] - least < 1e-5 * Math.max(1, Math.abs(least));
}

for (const metric of ['euclidean', 'cosine'] as const) {
  for (const activation of ['linear', 'softmax'] as const) {
    test.serial(`the arg max is the nearest mean: ${metric}, ${activation}`, async (t) => {
      const model = tailModel(activation);
      const before = weightsOf(model);
      const {xs, ys} = trainData();
      const part = tf.model({
        inputs: model.inputs,
        outputs: model.getLayer('logits').input as tf.SymbolicTensor,
      });
      const features = (part.predict(xs) as tf.Tensor2D).arraySync();
      const labels = ys.arraySync();
      for (const data of [{xs, ys}, batchesOfTail(50)]) {
        const nearest = await nearestClassMean(model, data as never, {metric});
        for (const made of [nearest, await served(nearest)]) {
          const scores = (made.predict(xs) as tf.Tensor2D).arraySync();
          t.true(scores.every((row, i) => isNearest(row, distances(features, labels, features[i], metric))));
        }
        t.true(balancedAccuracy(nearest) > 0.5);
      }
      t.deepEqual(weightsOf(model), before);
    });
  }
}

test.serial('any features and labels, classes without samples and background', async (t) => {
  const row = fc.array(
    fc.integer({min: -40, max: 40}).map((value) => value / 8),
    {minLength: 2, maxLength: 2},
  );
  const sample = fc.record({x: row, label: fc.integer({min: 0, max: 3})});
  await fc.assert(
    fc.asyncProperty(
      fc.array(sample, {minLength: 1, maxLength: 12}),
      fc.constantFrom('euclidean' as const, 'cosine' as const),
      async (samples, metric) => {
        const labels = samples.map(({label}) => label);
        if (labels.every((label) => label === 3)) return;
        const features = samples.map(({x}) => x);
        const model = tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [2], useBias: false})]});
        const ys = tf.tensor1d(labels, 'int32');
        const nearest = await nearestClassMean(model, {xs: tf.tensor2d(features), ys}, {metric});
        const scores = (nearest.predict(tf.tensor2d(features)) as tf.Tensor2D).arraySync();
        for (const [i, x] of features.entries()) {
          const wanted = distances(features, labels, x, metric, 3).map((value) =>
            Number.isNaN(value) ? 0 : value,
          );
          t.true(isNearest(scores[i], wanted), `${JSON.stringify(samples)} ${metric}`);
        }
      },
    ),
    {numRuns: 40},
  );
});

test.serial('features of another layer', async (t) => {
  const model = tailModel();
  const {xs, ys} = trainData();
  const tensors = tf.memory().numTensors;
  const nearest = await nearestClassMean(model, {xs, ys}, {layer: model.layers[0].name});
  const part = tf.model({inputs: model.inputs, outputs: model.layers[0].output as tf.SymbolicTensor});
  const features = (part.predict(xs) as tf.Tensor2D).arraySync();
  const scores = (nearest.predict(xs) as tf.Tensor2D).arraySync();
  t.true(
    scores.every((row, i) => isNearest(row, distances(features, ys.arraySync(), features[i], 'euclidean'))),
  );
  t.is(nearest.layers.length, 3);
  tf.dispose(part.predict(xs) as tf.Tensor);
  nearest.dispose();
  t.true(tf.memory().numTensors <= tensors + 2);
});

test.serial('invalid arguments are rejected', async (t) => {
  const model = tailModel();
  const {xs, ys} = trainData();
  for (const [data, options, message] of [
    [{xs, ys}, {metric: 'manhattan'}, /`metric`/],
    [{xs, ys}, {layer: 'nowhere'}, /`layer` to be one of .*logits/],
    [{xs, ys}, {leyer: 'x'}, /"leyer"/],
    [{xs}, {}, /`data`/],
    [{xs, ys: tf.fill([176], 4, 'int32')}, {}, /at least one sample/],
    [{xs, ys: tf.fill([176], 5, 'int32')}, {}, /integers in 0 … 4/],
  ] as Array<[never, never, RegExp]>) {
    await t.throwsAsync(nearestClassMean(model, data, options), {message, name: 'ValueError'});
  }
  const sequence = tf.sequential({
    layers: [
      tf.layers.dense({units: 2, inputShape: [3, 2], name: 'steps'}),
      tf.layers.flatten(),
      tf.layers.dense({units: 4}),
    ],
  });
  await t.throwsAsync(nearestClassMean(sequence, {xs, ys}, {layer: 'steps'}), {
    message: /`layer` to be one whose output is \[batch, features\]/,
    name: 'ValueError',
  });
});

test.serial('labels in a dictionary or list of one; none are rejected', async (t) => {
  const model = tailModel();
  const {xs, ys} = trainData();
  const expected = weightsOf(await nearestClassMean(model, {xs, ys}));
  for (const held of [{scores: ys}, [ys]]) {
    t.deepEqual(weightsOf(await nearestClassMean(model, {xs, ys: held} as never)), expected);
  }
  for (const held of [{}, [], {scores: 3}]) {
    await t.throwsAsync(nearestClassMean(model, {xs, ys: held} as never), {
      message: /`ys` to be a tensor of labels/,
      name: 'ValueError',
    });
  }
});
