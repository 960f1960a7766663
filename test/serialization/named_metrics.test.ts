import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, SoftmaxEqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {reload} from '../helpers/models';

const C = 3;
const ROWS = 10;
const {metrics} = tf;

type Fn = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** Each metric, and tfjs's own function for one-hot labels. */
const METRICS: Array<[entry: string | Fn, own: Fn]> = [
  ['accuracy', metrics.categoricalAccuracy],
  ['acc', metrics.categoricalAccuracy],
  ['categoricalAccuracy', metrics.categoricalAccuracy],
  ['binaryAccuracy', metrics.binaryAccuracy],
  ['crossentropy', metrics.categoricalCrossentropy],
  ['ce', metrics.categoricalCrossentropy],
  ['categoricalCrossentropy', metrics.categoricalCrossentropy],
  ['mse', metrics.meanSquaredError],
  ['MSE', metrics.meanSquaredError],
  ['mae', metrics.meanAbsoluteError],
  ['mape', metrics.meanAbsolutePercentageError],
  ['cosine', metrics.cosineProximity],
  ['precision', metrics.precision],
  [metrics.binaryAccuracy, metrics.binaryAccuracy],
  [metrics.binaryCrossentropy, metrics.binaryCrossentropy],
  [metrics.categoricalAccuracy, metrics.categoricalAccuracy],
  [metrics.sparseCategoricalAccuracy, metrics.categoricalAccuracy],
  [metrics.categoricalCrossentropy, metrics.categoricalCrossentropy],
  [metrics.cosineProximity, metrics.cosineProximity],
  [metrics.meanAbsoluteError, metrics.meanAbsoluteError],
  [metrics.meanSquaredError, metrics.meanSquaredError],
  [metrics.mape, metrics.mape],
  [metrics.precision, metrics.precision],
  [metrics.recall, metrics.recall],
  [metrics.r2Score, metrics.r2Score],
  [tf.losses.softmaxCrossEntropy, tf.losses.softmaxCrossEntropy],
  [tf.losses.sigmoidCrossEntropy, tf.losses.sigmoidCrossEntropy],
  [tf.losses.meanSquaredError, tf.losses.meanSquaredError],
];

const labels = Array.from({length: ROWS}, (_, i) => i % C);
const x = () => tf.randomNormal([ROWS, 4], 0, 1, 'float32', 1);
const integers = () => tf.tensor1d(labels, 'int32');
const oneHot = () => tf.oneHot(integers(), C).toFloat() as tf.Tensor2D;

/** Every form of the same labels. */
function forms(y = integers()): Record<string, tf.Tensor> {
  const withBackground = tf.oneHot(y, C + 1).toFloat() as tf.Tensor2D;
  return {
    '[batch]': y,
    '[batch, 1]': y.reshape([-1, 1]),
    float32: y.toFloat(),
    '[batch, C + 1]': withBackground,
    '[batch, C]': withBackground.slice([0, 0], [-1, C]),
  };
}

function headed(entry: unknown, units = C, loss: unknown = undefined): tf.Sequential {
  const kernelInitializer = tf.initializers.randomNormal({seed: 1});
  const model = tf.sequential({layers: [tf.layers.dense({units, inputShape: [4], kernelInitializer})]});
  const freqInfo = Array.from({length: units}, () => 0.3);
  const own = loss ?? new EqualizationLoss({lambda: 0, freqInfo});
  model.compile({optimizer: tf.train.sgd(0), loss: own as never, metrics: [entry] as never});
  return model;
}

const data = (xs: tf.Tensor, ys: tf.Tensor, batch: number) =>
  tf.data
    .zip({xs: tf.data.array(xs.arraySync() as number[][]), ys: tf.data.array(ys.arraySync() as number[])})
    .batch(batch) as tf.data.Dataset<never>;

/** The metric's value in every entry point. */
async function values(model: tf.Sequential, xs: tf.Tensor, ys: tf.Tensor): Promise<Record<string, number>> {
  const name = model.metricsNames[1];
  const options = {epochs: 1, verbose: 0} as const;
  const fitted = (await model.fit(xs, ys, {...options, validationData: [xs, ys]})).history;
  const byDataset = (
    await model.fitDataset(data(xs, ys, ROWS), {...options, validationData: data(xs, ys, ROWS)})
  ).history;
  const [, evaluated] = model.evaluate(xs, ys) as tf.Scalar[];
  const [, byBatches] = (await model.evaluateDataset(data(xs, ys, ROWS), {})) as tf.Scalar[];
  return {
    fit: fitted[name][0] as number,
    'fit, validation': fitted[`val_${name}`][0] as number,
    fitDataset: byDataset[name][0] as number,
    'fitDataset, validation': byDataset[`val_${name}`][0] as number,
    evaluate: evaluated.dataSync()[0],
    evaluateDataset: byBatches.dataSync()[0],
    trainOnBatch: ((await model.trainOnBatch(xs, ys)) as number[])[1],
  };
}

const silently = async <T>(run: () => T | Promise<T>): Promise<{result: T; warnings: string[]}> => {
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (message: string) => void warnings.push(message);
  try {
    return {result: await run(), warnings};
  } finally {
    console.warn = warn;
  }
};

for (const [entry, own] of METRICS) {
  const title = typeof entry === 'string' ? `'${entry}'` : `the function ${entry.name}`;
  test.serial(
    `${title} gives the same for every form of labels as for one-hot, in every entry point`,
    async (t) => {
      await useBackend('cpu');
      const xs = x();
      const {result: model} = await silently(() => headed(entry));
      const wanted = tf.mean(own(oneHot(), model.predict(xs) as tf.Tensor)).dataSync()[0];
      for (const [form, y] of Object.entries(forms())) {
        for (const [where, value] of Object.entries(await values(model, xs, y))) {
          t.true(
            Math.abs(value - wanted) <= 1e-5 * Math.abs(wanted),
            `${where} ${form}: ${value}, not ${wanted}`,
          );
        }
      }
    },
  );
}

test.serial("'sparseCategoricalCrossentropy' receives integers, whatever the form", async (t) => {
  await useBackend('cpu');
  const xs = x();
  const {result: model} = await silently(() => headed('sparseCategoricalCrossentropy'));
  const z = (model.predict(xs) as tf.Tensor2D).arraySync();
  // As in tfjs: predictions clipped to ε … 1 − ε, then normalized.
  const clip = (value: number) => Math.min(Math.max(value, 1e-7), 1 - 1e-7);
  const rows = z.map((row, i) => {
    const clipped = row.map(clip);
    return -Math.log(clip(clipped[labels[i]] / clipped.reduce((sum, value) => sum + value, 0)));
  });
  const wanted = rows.reduce((sum, value) => sum + value, 0) / ROWS;
  for (const y of Object.values(forms())) {
    for (const value of Object.values(await values(model, xs, y))) t.true(Math.abs(value - wanted) < 1e-4);
  }
});

test.serial('accuracies ignore background, and never read it as class 0', async (t) => {
  await useBackend('cpu');
  const xs = x();
  const y = tf.tensor1d([3, 3, 3, 3, 3, 0, 1, 2, 3, 1], 'int32');
  for (const entry of [
    'accuracy',
    'categoricalAccuracy',
    metrics.categoricalAccuracy,
    metrics.sparseCategoricalAccuracy,
  ]) {
    const model = headed(entry);
    const predicted = (model.predict(xs) as tf.Tensor).argMax(1).dataSync();
    const foreground = [5, 6, 7, 9];
    const wanted = foreground.filter((i) => predicted[i] === y.dataSync()[i]).length / foreground.length;
    for (const form of Object.values(forms(y))) {
      for (const value of Object.values(await values(model, xs, form))) t.is(value, wanted);
    }
  }
});

test.serial('other metrics see a background row as zeros', async (t) => {
  await useBackend('cpu');
  const xs = x();
  const y = tf.tensor1d([3, 3, 3, 3, 3, 0, 1, 2, 3, 1], 'int32');
  for (const [entry, own] of METRICS.filter(([entry]) =>
    ['mse', 'mae', 'cosine', 'ce'].includes(entry as string),
  )) {
    const {result: model} = await silently(() => headed(entry));
    const zeros = tf.oneHot(y, C).toFloat();
    const wanted = tf.mean(own(zeros, model.predict(xs) as tf.Tensor)).dataSync()[0];
    for (const form of Object.values(forms(y))) {
      for (const value of Object.values(await values(model, xs, form)))
        t.true(Math.abs(value - wanted) < 1e-5);
    }
  }
});

test.serial("one logit: accuracies use the loss's threshold, in every entry point", async (t) => {
  await useBackend('cpu');
  const xs = x();
  const binary = labels.map((label) => Number(label === 1));
  const y = tf.tensor1d(binary, 'int32');
  const names = [
    'accuracy',
    'acc',
    'binaryAccuracy',
    'categoricalAccuracy',
    metrics.binaryAccuracy,
    metrics.sparseCategoricalAccuracy,
  ];
  for (const entry of names) {
    const {result: model, warnings} = await silently(() => headed(entry, 1));
    t.deepEqual(warnings, []);
    const z = (model.predict(xs) as tf.Tensor).dataSync();
    const share = (threshold: number) =>
      binary.filter((label, i) => Number(z[i] > threshold) === label).length / ROWS;
    t.not(share(0), share(0.5), 'the data distinguish the thresholds');
    for (const form of [y, y.reshape([-1, 1]), y.toFloat()]) {
      for (const [where, value] of Object.entries(await values(model, xs, form)))
        t.is(value, Math.fround(share(0)), where);
    }
  }
  const kernelInitializer = tf.initializers.randomNormal({seed: 1});
  const probabilities = tf.sequential({
    layers: [tf.layers.dense({units: 1, inputShape: [4], kernelInitializer, activation: 'sigmoid'})],
  });
  const loss = new EqualizationLoss({lambda: 0, freqInfo: [0.3], fromLogits: false});
  probabilities.compile({optimizer: tf.train.sgd(0), loss, metrics: ['accuracy']});
  const p = (probabilities.predict(xs) as tf.Tensor).dataSync();
  const wanted = binary.filter((label, i) => Number(p[i] > 0.5) === label).length / ROWS;
  for (const value of Object.values(await values(probabilities, xs, y))) t.is(value, Math.fround(wanted));
});

test.serial('boxes: integers [batch, boxes] give the same as one-hot labels', async (t) => {
  await useBackend('cpu');
  const x3 = tf.randomNormal([4, 3, 4], 0, 1, 'float32', 2);
  const y = tf.tensor2d([0, 1, 2, 0, 2, 2, 1, 1, 0, 2, 1, 0], [4, 3], 'int32');
  for (const [entry, own] of METRICS.filter(([, own]) => own !== metrics.r2Score)) {
    const model = tf.sequential({layers: [tf.layers.dense({units: C, inputShape: [3, 4]})]});
    const loss = new SoftmaxEqualizationLoss({lambda: 0, freqInfo: [0.3, 0.3, 0.3]});
    await silently(() => model.compile({optimizer: 'sgd', loss, metrics: [entry] as never}));
    const wanted = tf.mean(own(tf.oneHot(y, C).toFloat(), model.predict(x3) as tf.Tensor)).dataSync()[0];
    for (const form of [y, y.expandDims(-1), tf.oneHot(y, C)]) {
      const [, value] = (model.evaluate(x3, form) as tf.Scalar[]).map((scalar) => scalar.dataSync()[0]);
      t.true(Math.abs(value - wanted) <= 1e-5 * Math.abs(wanted), `${entry}: ${value}, not ${wanted}`);
    }
  }
});

test.serial("with several outputs, each metric reads labels like its output's loss", async (t) => {
  await useBackend('cpu');
  const input = tf.input({shape: [4]});
  const head = (name: string) => tf.layers.dense({units: C, name}).apply(input) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: [head('a'), head('b')]});
  const loss = {a: new EqualizationLoss({lambda: 0, freqInfo: [0.3, 0.3, 0.3]}), b: 'meanSquaredError'};
  model.compile({optimizer: tf.train.sgd(0), loss: loss as never, metrics: ['mse', 'accuracy']});
  const xs = x();
  const [a, b] = model.predict(xs) as tf.Tensor[];
  const read = (scalars: unknown) => (scalars as tf.Scalar[]).map((value) => value.dataSync()[0]);
  const named = (all: number[]) => Object.fromEntries(model.metricsNames.map((name, i) => [name, all[i]]));
  for (const form of Object.values(forms())) {
    for (const reported of [
      named(read(model.evaluate(xs, [form, oneHot()]))),
      named((await model.trainOnBatch(xs, [form, oneHot()])) as number[]),
    ]) {
      for (const [output, z] of [
        ['a', a],
        ['b', b],
      ] as const) {
        const mse = tf.mean(metrics.mse(oneHot(), z)).dataSync()[0];
        const accuracy = tf.mean(metrics.categoricalAccuracy(oneHot(), z)).dataSync()[0];
        t.true(Math.abs(reported[`${output}_mse`] - mse) < 1e-6);
        t.true(Math.abs(reported[`${output}_acc`] - accuracy) < 1e-6);
      }
    }
  }
});

test.serial("a user's own metric function sees the original labels", async (t) => {
  await useBackend('cpu');
  const shapes: number[][] = [];
  const own = (yTrue: tf.Tensor, yPred: tf.Tensor) => {
    shapes.push(yTrue.shape);
    return tf.mean(yPred);
  };
  const model = headed(own);
  await model.trainOnBatch(x(), integers().reshape([ROWS, 1]));
  await model.trainOnBatch(x(), tf.oneHot(integers(), C + 1));
  t.deepEqual(shapes, [
    [ROWS, 1],
    [ROWS, C + 1],
  ]);
});

test.serial('names metrics of probabilities next to a loss of logits', async (t) => {
  await useBackend('cpu');
  for (const entry of [
    'crossentropy',
    'binaryAccuracy',
    'sparseCategoricalCrossentropy',
    metrics.binaryCrossentropy,
    metrics.recall,
  ]) {
    const {warnings} = await silently(() => headed(entry));
    t.is(warnings.length, 1);
    const name = typeof entry === 'string' ? entry : entry.name;
    t.regex(
      warnings[0],
      new RegExp(`take probabilities: '${name}'.*takes logits.*tf.losses.softmaxCrossEntropy`),
    );
  }
  const probabilities = new EqualizationLoss({lambda: 0, freqInfo: [0.3, 0.3, 0.3], fromLogits: false});
  const silent: Array<[unknown, unknown]> = [
    ['mse', undefined],
    ['accuracy', undefined],
    [tf.losses.softmaxCrossEntropy, undefined],
    ['crossentropy', 'meanSquaredError'],
  ];
  for (const [entry, loss] of silent)
    t.deepEqual((await silently(() => headed(entry, C, loss))).warnings, []);
  const model = tf.sequential({
    layers: [tf.layers.dense({units: C, inputShape: [4], activation: 'softmax'})],
  });
  const {warnings} = await silently(() =>
    model.compile({optimizer: 'sgd', loss: probabilities, metrics: ['crossentropy']}),
  );
  t.deepEqual(warnings, []);
});

test.serial('a saved model keeps the metrics it was compiled with', async (t) => {
  await useBackend('cpu');
  const {result: model} = await silently(() => headed('categoricalAccuracy'));
  const again = await reload(model);
  t.deepEqual(again.metricsNames, model.metricsNames);
  t.deepEqual((again as unknown as {metrics: unknown}).metrics, ['categoricalAccuracy']);
  const xs = x();
  const y = tf.tensor1d([3, 3, 3, 3, 3, 0, 1, 2, 3, 1], 'int32');
  const [, before] = model.evaluate(xs, y) as tf.Scalar[];
  const [, after] = again.evaluate(xs, y) as tf.Scalar[];
  t.is(after.dataSync()[0], before.dataSync()[0]);
});
