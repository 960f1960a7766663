import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency, EqualizationLoss, QUANTILE_GROUPS} from '../../src';
import {classificationReport} from '../../src/report/classification_report';
import {useBackend} from '../helpers/backends';
import {freqInfo, smallData, smallModel} from '../helpers/models';
import {binary, multiLabel, singleLabel, tensorsOf} from '../helpers/pass_metrics';

type SklearnRow = {precision: number; recall: number; 'f1-score': number; support: number};
type SklearnReport = Record<string, SklearnRow> & {accuracy?: number};
const reportOf = (fixture: object) => (fixture as {report: SklearnReport}).report;

/** Predicts a sample's features as scores. */
const echo = {predict: (xs: tf.Tensor) => tf.clone(xs)};

test.before(() => useBackend('cpu'));

function dataOf(labels: tf.Tensor, logits: tf.Tensor, size: number) {
  const parts = Array.from({length: Math.ceil(logits.shape[0] / size)}, (_, i) => {
    const rows = Math.min(size, logits.shape[0] - i * size);
    return () => ({xs: logits.slice(i * size, rows), ys: labels.slice(i * size, rows)});
  });
  return tf.data.generator(function* () {
    for (const part of parts) yield part();
  } as never);
}

for (const [kind, fixtures] of Object.entries({singleLabel, multiLabel, binary})) {
  test.serial(`equals scikit-learn's classification_report: ${kind}`, async (t) => {
    for (const fixture of fixtures) {
      const [labels, logits] = tensorsOf(fixture);
      const threshold = (fixture as {threshold?: number}).threshold;
      const expected = reportOf(fixture);
      for (const data of [{xs: logits, ys: labels}, dataOf(labels, logits, 7)]) {
        const {models} = await classificationReport(echo, data as never, {threshold});
        const [{classes, micro, macro, weighted, accuracy}] = models;
        const close = (
          row: {precision: number; recall: number; f1: number; support: number},
          name: string,
        ) => {
          const {precision, recall, 'f1-score': f1, support} = expected[name];
          t.is(row.support, support);
          for (const [a, b] of [
            [row.precision, precision],
            [row.recall, recall],
            [row.f1, f1],
          ])
            t.true(Math.abs(a - b) < 1e-12, `${name}: ${a}, not ${b}`);
        };
        classes.forEach((row, j) => {
          if (`${j}` in expected) close(row, `${j}`);
          else t.is(row.support + row.predicted, 0);
        });
        close(macro, 'macro avg');
        close(weighted, 'weighted avg');
        if ('micro avg' in expected) close(micro, 'micro avg');
        if (expected.accuracy !== undefined) t.true(Math.abs((accuracy ?? -1) - expected.accuracy) < 1e-12);
      }
    }
  });
}

test.serial('reports on models by name, with groups, as text, JSON and HTML', async (t) => {
  const [labels, logits] = tensorsOf(singleLabel[1]);
  const classNames = ['cat', '<owl>', 'yak', 'emu', 'gnu'];
  const counted = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200, classNames});
  const worse = {predict: (xs: tf.Tensor) => tf.neg(xs)};
  const report = await classificationReport(
    {good: echo, bad: worse},
    {xs: logits, ys: labels},
    {freqInfo: counted},
  );
  const [good, bad] = report.models;
  t.deepEqual(
    good.groups?.map(({name, classes}) => [name, classes]),
    [
      ['rare', 2],
      ['common', 2],
      ['frequent', 1],
    ],
  );
  t.deepEqual(
    good.classes.map(({group}) => group),
    ['frequent', 'common', 'common', 'rare', 'rare'],
  );
  t.is(good.groups?.[2].f1, good.classes[0].f1);
  t.true(good.macro.f1 > bad.macro.f1);
  const text = `${report}`;
  t.regex(text, /^good +precision +recall +F1 +support\n─+/);
  for (const line of [
    /^cat +0\.\d{3}/m,
    /^rare \(2 classes\)/m,
    /^accuracy +0\.\d{3} +60$/m,
    /^macro average/m,
  ])
    t.regex(text, line);
  t.regex(text, /\n\nF1 +good +bad\n/);
  t.true(report.html.includes('&lt;owl&gt;') && !report.html.includes('<owl>'));
  t.deepEqual(JSON.parse(JSON.stringify(report)).models[0].macro, good.macro);
});

test.serial('shows empty groups; quantile groups have none', async (t) => {
  const [labels, logits] = tensorsOf(singleLabel[1]);
  const frequent = new ClassFrequency({imageCounts: [500, 400, 300, 200, 150], numImages: 2000});
  const data = {xs: logits, ys: labels};
  t.regex(
    `${await classificationReport(echo, data, {freqInfo: frequent})}`,
    /^rare \(0 classes\) +– +– +– +0$/m,
  );
  const {models} = await classificationReport(echo, data, {freqInfo: frequent, bounds: QUANTILE_GROUPS});
  t.true(models[0].groups?.every(({classes, f1}) => classes > 0 && !Number.isNaN(f1)));
});

test.serial("reads predictions as a LayersModel's compilation implies", async (t) => {
  const {xs, ys} = smallData(30);
  const before = tf.memory().numTensors;
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 1, inputShape: [4], activation: 'sigmoid'})],
  });
  model.compile({optimizer: 'sgd', loss: 'binaryCrossentropy'});
  const labels = tf.cast(tf.greater(ys, 2), 'float32');
  const probabilities = (model.predict(xs) as tf.Tensor).dataSync();
  const {models} = await classificationReport(model, {xs, ys: labels});
  t.is(models[0].classes[1].predicted, probabilities.filter((p) => p > 0.5).length);
  labels.dispose();
  model.dispose();
  t.true(tf.memory().numTensors <= before + 2);

  const loss = new EqualizationLoss({lambda: 0.05, freqInfo, ignoreLabel: 5});
  const ignoring = smallModel();
  ignoring.compile({optimizer: 'sgd', loss});
  const of = async (options: object) => (await classificationReport(ignoring, {xs, ys}, options)).models[0];
  t.deepEqual((await of({})).micro, (await of({ignoreLabel: 5})).micro);
  t.not((await of({})).micro.precision, (await of({ignoreLabel: 77})).micro.precision);
});

test.serial('judges one of several outputs', async (t) => {
  const [labels, logits] = tensorsOf(singleLabel[1]);
  const both = {predict: (xs: tf.Tensor) => [tf.neg(xs), tf.clone(xs)]};
  const {models} = await classificationReport(both, {xs: logits, ys: [labels, labels]}, {output: 1});
  t.deepEqual(models[0].macro, (await classificationReport(echo, {xs: logits, ys: labels})).models[0].macro);
});

test.serial('refuses invalid arguments', async (t) => {
  const [labels, logits] = tensorsOf(singleLabel[1]);
  const refused = (models: unknown, data: unknown, options: object, message: RegExp) =>
    t.throwsAsync(classificationReport(models as never, data as never, options), {
      name: 'ValueError',
      message,
    });
  const data = {xs: logits, ys: labels};
  await refused({}, data, {}, /`models` to be a model with a method `predict`/);
  await refused(
    [
      {name: 'a', model: echo},
      {name: 'a', model: echo},
    ],
    data,
    {},
    /models of different names/,
  );
  await refused(echo, data, {classNames: ['a']}, /`classNames` to be 5 names/);
  await refused(echo, data, {freqInfo: [0.1], bounds: [{name: 'all'}]}, /bounds|freqInfo/);
  for (const threshold of ['x', null, Number.NaN, [0, 'x', 0, 0, 0], {}]) {
    await refused(echo, data, {threshold}, /`threshold` to be a finite number, or one for each class/);
  }
  await refused(echo, data, {treshold: 1}, /did you mean "threshold"/);
  await refused(echo, dataOf(labels, logits.slice(0, 0), 7), {}, /data of at least one batch/);
});

test.serial('judges labels that are names like the integers they stand for', async (t) => {
  const [labels, logits] = tensorsOf(singleLabel[1]);
  const classNames = ['cat', 'owl', 'yak', 'emu', 'gnu'];
  const names = tf.tensor1d(Array.from(labels.dataSync(), (j) => classNames[j]));
  const expected = await classificationReport(echo, {xs: logits, ys: labels}, {classNames});
  const data = dataOf(names, logits, 7);
  t.deepEqual(await classificationReport(echo, data as never, {classNames}), expected);
  const counted = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200, classNames});
  const {models} = await classificationReport(echo, data as never, {freqInfo: counted});
  t.deepEqual(models[0].macro, expected.models[0].macro);
  const unknown = {xs: logits, ys: names.slice([0], [logits.shape[0]])};
  await t.throwsAsync(
    classificationReport(echo, unknown, {classNames: ['cats', 'owl', 'yak', 'emu', 'gnu']}),
    {
      name: 'ValueError',
      message: /`labels` to be one of classNames \(did you mean "cats"\?\)\. Received: "cat"/,
    },
  );
  await t.throwsAsync(classificationReport(echo, unknown), {message: /\(labelsToIndices/});
});

test.serial('with one logit, the names are those of negatives and positives', async (t) => {
  const logits = tf.tensor2d([[2], [-1], [1], [-3]]);
  const names = tf.tensor1d(['fraud', 'fine', 'fine', 'fraud']);
  const [ofNames, ofNumbers] = await Promise.all(
    [names, tf.tensor1d([1, 0, 0, 1])].map((ys) =>
      classificationReport(echo, {xs: logits, ys}, {classNames: ['fine', 'fraud']}),
    ),
  );
  t.deepEqual(ofNames, ofNumbers);
  t.deepEqual(
    ofNames.models[0].classes.map(({name, support, recall}) => [name, support, recall]),
    [
      ['fine', 2, 0.5],
      ['fraud', 2, 0.5],
    ],
  );
  // With a single class name, its index 0 would mean a negative.
  const counted = new ClassFrequency({imageCounts: [2], numImages: 4, classNames: ['fraud']});
  await t.throwsAsync(classificationReport(echo, {xs: logits, ys: names}, {freqInfo: counted}), {
    message: /`classNames` to be the names of two classes or more/,
  });
});
