import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  AsymmetricLoss,
  BalancedSoftmaxLoss,
  ClassBalancedLoss,
  ClassDependentTemperatureLoss,
  ClassFrequency,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  LabelAwareSmoothingLoss,
  LDAMLoss,
  LogitAdjustedLoss,
  type Loss,
  RowLoss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
  type StatefulLoss,
} from '../../src';
import {type RowFormula, rowLosses} from '../../src/kernels/losses/formula';
import type {Labels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {evaluateLoss} from '../helpers/loss_cases';

const WRONG = [255, 2, -1, 1.01, -0.01, Number.NaN, Number.POSITIVE_INFINITY];
const WRONG_INTEGERS = [255, 2, -1];
const ROUNDED = [1 + 5e-4, -5e-4];
const ROWS = 4;
const BAD_ROW = 2;

/** A user's loss, of the labels as `denseLabels` gives them. */
class Squares extends RowLoss {
  static className = 'SquaresOfLabels';
  protected rows(z: tf.Tensor2D, labels: Labels) {
    return rowLosses(squares, z, labels, null);
  }
  getConfig() {
    return {};
  }
}
const squares: RowFormula<null> = {
  name: 'Squares',
  losses: (z, y) => tf.sum(tf.squaredDifference(z, y), 1) as tf.Tensor1D,
};

/** Losses of so many classes, and whether background may be a column of their labels. */
function losses(classes: number): [string, Loss, boolean][] {
  const imageCounts = Array.from({length: classes}, (_, j) => (j % 2 === 0 ? 1 : 500));
  const freqInfo = new ClassFrequency({imageCounts, numImages: 1000});
  const numClasses = classes;
  const equalization = (more: object) =>
    new EqualizationLoss({lambda: 0.01, freqInfo, requireBackground: false, ...more});
  return [
    ['EqualizationLoss', equalization({}), true],
    ['EqualizationLoss, soft T', equalization({threshold: {kind: 'exponential', a: 1, n: 2}}), true],
    ['EqualizationLoss, drawn β', equalization({gamma: 0.5, seed: 1}), true],
    ['EqualizationLoss of probabilities', equalization({fromLogits: false}), true],
    ['SoftmaxEqualizationLoss', new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo, seed: 1}), false],
    [
      'SoftmaxEqualizationLoss, γ = 1',
      new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo, gamma: 1}),
      false,
    ],
    ['SigmoidCrossEntropy', new SigmoidCrossEntropy(), true],
    ['SoftmaxCrossEntropy', new SoftmaxCrossEntropy(), false],
    ['FocalLoss', new FocalLoss(), true],
    ['FocalLoss, softmax', new FocalLoss({activation: 'softmax'}), false],
    ['AsymmetricLoss', new AsymmetricLoss(), true],
    ['BalancedSoftmaxLoss', new BalancedSoftmaxLoss({freqInfo}), false],
    ['LogitAdjustedLoss', new LogitAdjustedLoss({freqInfo}), false],
    ['LDAMLoss', new LDAMLoss({freqInfo}), false],
    ['ClassDependentTemperatureLoss', new ClassDependentTemperatureLoss({freqInfo, gamma: 0.5}), false],
    [
      'LabelAwareSmoothingLoss',
      new LabelAwareSmoothingLoss({freqInfo, smoothHead: 0.3, smoothTail: 0}),
      false,
    ],
    ['ClassBalancedLoss', new ClassBalancedLoss({freqInfo}), false],
    ['ClassBalancedLoss, focal', new ClassBalancedLoss({freqInfo, base: 'focal'}), true],
    ['SeesawLoss', new SeesawLoss({numClasses}), false],
    ['EqualizationLossV2', new EqualizationLossV2({numClasses}), true],
    ['a loss of the user', new Squares(), true],
  ];
}

/** Labels of ROWS rows of class 1, in one of which a column holds `value`. */
function labelValues(width: number, column: number, value: number, soft: boolean): number[] {
  const labels = Array.from({length: ROWS * width}, (_, i) => Number(i % width === 1));
  if (soft) labels[BAD_ROW * width + 1] = 0.5;
  labels[BAD_ROW * width + column] = value;
  return labels;
}

interface Example {
  what: string;
  yTrue: tf.Tensor;
  yPred: tf.Tensor;
  value: number;
}

/** Every form with columns, with the value in the first, the last and background's column, next to hard and soft labels. */
function examples(classes: number, background: boolean, values: number[], dtype: tf.DataType): Example[] {
  const found: Example[] = [];
  for (const width of background ? [classes, classes + 1] : [classes]) {
    for (const lead of [[ROWS], [2, ROWS / 2]]) {
      for (const column of [0, classes - 1, width - 1]) {
        for (const soft of dtype === 'float32' ? [false, true] : [false]) {
          for (const value of values) {
            const labels = labelValues(width, column, value, soft);
            const predictions = Array.from({length: ROWS * classes}, (_, i) => 0.5 + 0.4 * Math.sin(5 * i));
            found.push({
              what: `${value} in column ${column} of ${dtype} [${lead}, ${width}]${soft ? ', soft' : ''}`,
              yTrue: tf.tensor(dtype === 'bool' ? Uint8Array.from(labels) : labels, [...lead, width], dtype),
              yPred: tf.tensor(predictions, [...lead, classes]),
              value,
            });
          }
        }
      }
    }
  }
  return found;
}

// Widths around vectors of four and the scalar rest of a row.
const WIDTHS = [2, 3, 8, 13];
const DTYPES = [
  ['float32', WRONG],
  ['int32', WRONG_INTEGERS],
  ['bool', [255, 2]],
] as const;

function eachExample(
  widths: number[],
  values: (dtype: 'float32' | 'int32' | 'bool') => number[],
  visit: (loss: Loss, example: Example, name: string) => void,
): void {
  for (const classes of widths) {
    for (const [name, loss, background] of losses(classes)) {
      for (const [dtype] of DTYPES) {
        tf.tidy(() => {
          for (const example of examples(classes, background, values(dtype), dtype)) {
            visit(loss, example, `${name}, ${classes} classes, ${example.what}`);
          }
        });
      }
    }
  }
}

const wrongOf = (dtype: string) => [...(DTYPES.find(([name]) => name === dtype)?.[1] ?? [])];

const stateOf = (loss: Loss) => JSON.stringify([loss.getConfig(), (loss as StatefulLoss).getState?.()]);

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`a label outside 0 … 1 is rejected with its row, in any column (${backend})`, async (t) => {
    await useBackend(backend);
    const failures: string[] = [];
    eachExample(WIDTHS, wrongOf, (loss, {yTrue, yPred, value}, what) => {
      const before = stateOf(loss);
      const [tensors, data] = [tf.memory().numTensors, tf.backend().numDataIds()];
      const message = `Expected \`yTrue\` to hold values in 0 … 1. Received: ${Math.fround(value)} in row ${BAD_ROW}`;
      const refusal = (call: () => unknown) => {
        try {
          call();
        } catch (error) {
          return (error as Error).message;
        }
        return 'nothing';
      };
      let received = refusal(() => loss(yTrue, yPred));
      if (received !== message) failures.push(`${what}: ${received}`);
      if (tf.memory().numTensors !== tensors) failures.push(`${what}: left tensors`);
      received = refusal(() => evaluateLoss(loss, yTrue, yPred));
      if (received !== message) failures.push(`${what}, under a gradient: ${received}`);
      if (tf.backend().numDataIds() !== data) failures.push(`${what}: left data`);
      if (stateOf(loss) !== before) failures.push(`${what}: moved its state`);
    });
    t.deepEqual(failures.slice(0, 5), [], `${failures.length} in all`);
  });

  test.serial(`it is found in any block of rows (${backend})`, async (t) => {
    await useBackend(backend);
    const classes = 20_000;
    const loss = new SoftmaxEqualizationLoss({lambda: 0, freqInfo: new Array(classes).fill(0.5)});
    for (const row of [0, 2, 3]) {
      const labels = new Float32Array(4 * classes);
      labels[row * classes + 17_001] = 255;
      t.throws(() => loss(tf.tensor2d(labels, [4, classes]), tf.zeros([4, classes])), {
        name: 'ValueError',
        message: new RegExp(`Received: 255 in row ${row}$`),
      });
    }
  });

  test.serial(`fit rejects it before any weight changes, with class weights too (${backend})`, async (t) => {
    await useBackend(backend);
    for (const [name, loss] of losses(3)) {
      if (name.includes('probabilities')) continue;
      const model = tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [2]})]});
      model.compile({optimizer: 'sgd', loss: loss as never});
      const weights = () => model.getWeights().map((w) => Array.from(w.dataSync()));
      const before = weights();
      const xs = tf.ones([2, 2]);
      const ys = tf.tensor2d([0, 1, 0, 255, 0, 0], [2, 3]);
      const message = /Expected `yTrue` to hold values in 0 … 1\. Received: 255 in row 1/;
      await t.throwsAsync(() => model.fit(xs, ys, {verbose: 0, shuffle: false}), {message}, name);
      await t.throwsAsync(
        () => model.fit(xs, ys, {verbose: 0, shuffle: false, classWeight: {0: 1, 1: 2, 2: 3}}),
        {message},
        name,
      );
      await t.throwsAsync(async () => model.evaluate(xs, ys), {message}, name);
      t.deepEqual(weights(), before, name);
    }
  });
}

for (const [backend, use] of [
  ['cpu', () => useBackend('cpu')],
  ['wasm', () => useBackend('wasm')],
  ['composed of ops', useGpuLikeBackend],
] as const) {
  test.serial(`rounding errors are accepted, and NaN logits stay NaN (${backend})`, async (t) => {
    await use();
    const failures: string[] = [];
    eachExample(
      backend === 'composed of ops' ? [3] : WIDTHS,
      (dtype) => (dtype === 'float32' ? ROUNDED : []),
      (loss, {yTrue, yPred}, what) => {
        const {values, gradient} = evaluateLoss(loss, yTrue, yPred);
        if (![...values, ...gradient].every(Number.isFinite)) failures.push(`${what}: ${values}`);
      },
    );
    t.deepEqual(failures.slice(0, 5), [], `${failures.length} in all`);
    const loss = new EqualizationLoss({lambda: 0, freqInfo: [0.1, 0.1, 0.1]});
    const logits = tf.tensor2d([Number.NaN, 0, 0, 1, 2, 3], [2, 3]);
    const nan = loss(tf.tensor2d([0, 1, 0, 0.5, 0.5, 0], [2, 3]), logits).dataSync();
    t.deepEqual(Array.from(nan, Number.isNaN), [true, false]);
  });
}

test.serial('if a backend cannot be read synchronously, its row is NaN', async (t) => {
  await useGpuLikeBackend();
  const failures: string[] = [];
  eachExample([3], wrongOf, (loss, {yTrue, yPred}, what) => {
    const before = stateOf(loss);
    const {values, gradient} = evaluateLoss(loss, yTrue, yPred);
    // Boxes 2 and 3 are those of the second sample.
    const bad = (row: number, of: number) => row === Math.floor((BAD_ROW * of) / ROWS);
    const classes = gradient.length / ROWS;
    const isRight =
      values.every((loss, row) => Number.isNaN(loss) === bad(row, values.length)) &&
      gradient.every((x, i) => Number.isNaN(x) === bad(Math.floor(i / classes), ROWS));
    if (!isRight) failures.push(`${what}: ${values}, ${gradient}`);
    const counts = (loss as StatefulLoss).getState?.();
    if (counts && JSON.stringify(counts).includes('null')) failures.push(`${what}: from ${before}`);
  });
  t.deepEqual(failures.slice(0, 5), [], `${failures.length} in all`);
});
