import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {ConfusionMatrix, GroupAccuracy} from '../../src';
import {binaryHits, classHits, rowHits} from '../../src/metrics/class_hits';
import {useBackend} from '../helpers/backends';
import {hot} from '../helpers/loss_cases';

interface Scores {
  classes: number;
  predicted: number[];
  precision: (number | null)[];
  recall: (number | null)[];
  f1: (number | null)[];
  support: number[];
}

interface SingleFixture extends Scores {
  actual: number[];
  matrix: number[][];
  accuracy: number;
  balancedAccuracy: number;
}

interface MultiFixture extends Scores {
  actual: number[][];
  hits: number[];
}

/** What scikit-learn says, made by test/fixtures/make_confusion_fixtures.py. */
const {single, multi}: {single: SingleFixture[]; multi: MultiFixture[]} = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/confusion.json'), 'utf8'),
);

test.before(() => useBackend('cpu'));

function isClose(t: ExecutionContext, received: number, expected: number | null): void {
  if (expected === null) t.is(received, Number.NaN);
  else t.true(Math.abs(received - expected) < 1e-12, `${received} is not ${expected}`);
}

function hasScores(t: ExecutionContext, matrix: ConfusionMatrix, scores: Scores): void {
  t.deepEqual(Array.from(matrix.support), scores.support);
  for (const of of ['precision', 'recall', 'f1'] as const) {
    matrix[of].forEach((value, j) => {
      isClose(t, value, scores[of][j]);
    });
  }
}

const cellsOf = (matrix: ConfusionMatrix) => {
  const all = Array.from({length: matrix.numClasses + 1}, (_, j) => j);
  return all.map((i) => all.map((j) => matrix.count(i, j)));
};

test("counts, precision, recall and F1 equal scikit-learn's, with background", (t) => {
  for (const fixture of single) {
    const matrix = new ConfusionMatrix(fixture.classes).add(fixture.actual, fixture.predicted);
    t.deepEqual(cellsOf(matrix), fixture.matrix);
    t.is(matrix.numSamples, fixture.actual.length);
    hasScores(t, matrix, fixture);
    isClose(t, matrix.accuracy, fixture.accuracy);
    isClose(t, matrix.balancedAccuracy, fixture.balancedAccuracy);
  }
});

test("samples that hold several classes have scikit-learn's multi-label scores", (t) => {
  for (const fixture of multi) {
    const matrix = new ConfusionMatrix(fixture.classes).add(fixture.actual, fixture.predicted);
    t.deepEqual(Array.from(matrix.hits), fixture.hits);
    hasScores(t, matrix, fixture);
    t.is(matrix.numSamples, fixture.actual.length);
  }
});

test('the prediction counts for the predicted class of several, else for the first; the others are missed', (t) => {
  const matrix = new ConfusionMatrix(3).add([[2, 0, 2], [1, 0], []], [2, 2, 1]);
  t.deepEqual(cellsOf(matrix), [
    [0, 0, 1, 1],
    [0, 0, 0, 1],
    [0, 0, 1, 0],
    [0, 1, 0, 0],
  ]);
  t.is(matrix.accuracy, 1 / 2);
});

test("matrices add up, exactly beyond float32's range", (t) => {
  const matrix = new ConfusionMatrix(2).add([0, 0, 1, 2], [0, 1, 1, 2]);
  for (let i = 0; i < 25; ++i) matrix.merge(matrix);
  matrix.merge(new ConfusionMatrix(2).add([0], [1]));
  const n = 2 ** 25;
  t.deepEqual(cellsOf(matrix), [
    [n, n + 1, 0],
    [0, n, 0],
    [0, 0, n],
  ]);
  t.deepEqual(Array.from(matrix.support), [2 * n + 1, n]);
  t.is(matrix.accuracy, (2 * n) / (3 * n + 1));
  t.is(matrix.numSamples, 4 * n + 1);
});

test('batches of labels in any form count as in the metrics', (t) => {
  const batch = fc.integer({min: 1, max: 4}).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      rows: fc.array(
        fc.record({
          label: fc.integer({min: 0, max: classes}),
          hot: fc.array(fc.constantFrom(0, 0.3, 0.5, 1), {minLength: classes, maxLength: classes}),
          scores: fc.array(fc.integer({min: -3, max: 3}), {minLength: classes, maxLength: classes}),
        }),
        {minLength: 1, maxLength: 8},
      ),
    }),
  );
  fc.assert(
    fc.property(batch, ({classes, rows}) => {
      tf.tidy(() => {
        const labels = rows.map(({label}) => label);
        const shape: [number, number] = [rows.length, classes];
        const yPred = tf.tensor2d(
          rows.map(({scores}) => scores),
          shape,
        );
        const forms = [
          tf.tensor2d(hot(labels, classes), shape),
          tf.tensor2d(hot(labels, classes + 1), [rows.length, classes + 1]),
          tf.tensor2d(
            rows.map((row) => row.hot),
            shape,
          ),
          ...(classes > 1 ? [tf.tensor1d(labels, 'int32')] : []),
        ];
        for (const yTrue of forms) {
          const matrix = new ConfusionMatrix(classes).addBatch(yTrue, yPred);
          const [hits, support] = classHits(yTrue, yPred);
          t.deepEqual(Array.from(matrix.hits), Array.from(hits.dataSync()));
          t.deepEqual(Array.from(matrix.support), Array.from(support.dataSync()));
          const [right, foreground] = rowHits(yTrue, yPred).map((x) => x.dataSync()[0]);
          t.is(matrix.accuracy, right / foreground);
          if (classes > 1) continue;
          const [, all] = binaryHits(yTrue, yPred);
          t.deepEqual(
            [matrix.count(1, 0) + matrix.count(1, 1), matrix.count(0, 0) + matrix.count(0, 1)],
            Array.from(all.dataSync()),
          );
        }
      });
    }),
    {numRuns: 40},
  );
});

test('a single probability is positive above 0.5', (t) => {
  const [yTrue, yPred] = [tf.tensor1d([1, 1, 0]), tf.tensor2d([[0.4], [0.6], [0.6]])];
  t.deepEqual(
    [true, false].map((fromLogits) =>
      cellsOf(new ConfusionMatrix(1).addBatch(yTrue, yPred, {fromLogits})).flat(),
    ),
    [
      [2, 0, 1, 0],
      [1, 1, 1, 0],
    ],
  );
});

test('the accuracy of some classes equals GroupAccuracy', (t) => {
  const freqInfo = [0.5, 0.001, 0.002];
  const bounds = [{name: 'rare', maxFrequency: 0.01}, {name: 'frequent'}];
  const yTrue = tf.tensor1d([0, 1, 2, 2, 3], 'int32');
  const yPred = tf.tensor2d([
    [3, 0, 0],
    [0, 3, 0],
    [0, 3, 0],
    [0, 0, 3],
    [0, 0, 3],
  ]);
  const matrix = new ConfusionMatrix(3).addBatch(yTrue, yPred);
  const metric = new GroupAccuracy({group: 'rare', freqInfo, bounds});
  t.is(Math.fround(matrix.accuracyOf([1, 2])), metric(yTrue, yPred).dataSync()[0]);
  t.is(matrix.accuracyOf([]), Number.NaN);
});

test('batches that cannot be counted are rejected, and nothing of them is counted', (t) => {
  const matrix = new ConfusionMatrix(2);
  const refuses = (add: () => unknown, message: RegExp) => t.throws(add, {name: 'ValueError', message});
  refuses(() => matrix.add([0, 1], [0]), /`predicted` to be 2 classes/);
  refuses(
    () => matrix.add([0, 3], [0, 0]),
    /`actual` to be integers in 0 … 2 \(2 = background\). Received: 3/,
  );
  refuses(() => matrix.add([0, 1], [0, 0.5]), /`predicted` to be integers in 0 … 2.*Received: 0.5/);
  refuses(() => matrix.add([[0, -1]], [0]), /Received: -1/);
  refuses(() => matrix.addBatch(tf.tensor1d([0, 7], 'int32'), tf.zeros([2, 2])), /Received: 7 in row 1/);
  refuses(() => matrix.addBatch(tf.tensor1d([0], 'int32'), tf.zeros([1, 3])), /`yPred` to be of shape/);
  refuses(() => matrix.addBatch(tf.tensor2d([[0, Number.NaN]]), tf.zeros([1, 2])), /Received: NaN in row 0/);
  refuses(() => matrix.merge(new ConfusionMatrix(3)), /`other` to be a ConfusionMatrix of 2 classes/);
  refuses(() => matrix.count(0, 3), /`predicted`/);
  refuses(() => matrix.accuracyOf([2]), /`classes`/);
  refuses(() => new ConfusionMatrix(0), /`numClasses`/);
  t.is(matrix.numSamples, 0);
});
