import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {EqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm} from '../helpers/closed_form';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {evaluateLoss, hot, lossCases, softLabels, stepTail} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';

/** Rows that add up to 1. */
const distributions = (rows: number, width: number) =>
  softLabels(rows * width).map((values) =>
    values.map((_, i) => {
      const row = values.slice(i - (i % width), i - (i % width) + width);
      const sum = row.reduce((total, y) => total + y, 0);
      return Math.fround(sum === 0 ? 0 : values[i] / sum);
    }),
  );

const cases = lossCases({largest: 12}).chain((c) => {
  const width = c.classes + 1;
  return fc.record({
    batch: fc.constant(c),
    labels: fc.oneof(softLabels(c.rows * width), distributions(c.rows, width)),
    column: fc.boolean(),
    gamma: fc.constantFrom(0, 0.75, 1),
    fromLogits: fc.boolean(),
  });
});

for (const [backend, use, tolerance] of [
  ['cpu', () => useBackend('cpu'), 1e-6],
  ['wasm', () => useBackend('wasm'), 1e-6],
  ['composed of ops', useGpuLikeBackend, 1e-5],
] as const) {
  test.serial(
    `soft labels with and without a background column match the closed form (${backend})`,
    async (t) => {
      await use();
      fc.assert(
        fc.property(cases, ({batch, labels, column, gamma, fromLogits}) =>
          tf.tidy(() => {
            const {rows, classes, logits, frequencies, lambda} = batch;
            const width = classes + 1;
            const dense = labels.filter((_, i) => i % width < classes);
            const background = column ? labels.filter((_, i) => i % width === classes) : undefined;
            const yTrue = column ? tf.tensor2d(labels, [rows, width]) : tf.tensor2d(dense, [rows, classes]);
            // Float32 probabilities of larger logits have lost the digits of 1 − p.
            const predictions = fromLogits
              ? logits
              : logits.map((z) => Math.fround(1 / (1 + Math.exp(-z / 3))));
            const loss = new EqualizationLoss({lambda, freqInfo: frequencies, gamma, fromLogits});
            const yPred = tf.tensor2d(predictions, [rows, classes]);
            // In evaluation, where γ stands for β.
            const {values, gradient} = evaluateLoss(loss, yTrue, yPred, {training: false});
            const tail = stepTail(frequencies, lambda);
            const expected = sigmoidClosedForm({
              predictions,
              labels: dense,
              background,
              tail,
              beta: gamma,
              fromLogits,
            });
            t.true(largestRelativeError(values, expected.rowLosses, 1) < tolerance);
            t.true(largestRelativeError(gradient, expected.gradient, 1) < tolerance);
          }),
        ),
        {numRuns: 60},
      );
    },
  );

  test.serial(`hard labels give the same with a background column as without (${backend})`, async (t) => {
    await use();
    const bit = fc.constantFrom(0, 1);
    const batches = lossCases().chain((c) =>
      fc.tuple(fc.constant(c), fc.array(bit, {minLength: c.rows * c.classes, maxLength: c.rows * c.classes})),
    );
    fc.assert(
      fc.property(batches, bit, fc.constantFrom('float32', 'int32', 'bool'), ([c, labels], column, dtype) =>
        tf.tidy(() => {
          const {rows, classes, logits, frequencies, lambda} = c;
          const loss = new EqualizationLoss({lambda, freqInfo: frequencies});
          const z = tf.tensor2d(logits, [rows, classes]);
          const y = tf.tensor2d(labels, [rows, classes], dtype);
          const padded = labels.flatMap((label, i) => ((i + 1) % classes === 0 ? [label, column] : [label]));
          const yTrue = tf.tensor2d(padded, [rows, classes + 1], dtype);
          t.deepEqual(evaluateLoss(loss, yTrue, z), evaluateLoss(loss, y, z));
        }),
      ),
      {numRuns: 40},
    );
  });
}

test.serial('the negatives of a mixed image are those of both its images, mixed', async (t) => {
  await useBackend('cpu');
  fc.assert(
    fc.property(
      lossCases({largest: 8}),
      fc.integer({min: 0, max: 64}),
      ({classes, logits, labels, frequencies, lambda}, n) =>
        tf.tidy(() => {
          const a = n / 64;
          const loss = new EqualizationLoss({lambda, freqInfo: frequencies});
          const z = tf.tensor2d(logits.slice(0, classes), [1, classes]);
          const [image, background] = [hot([labels[0]], classes + 1), hot([classes], classes + 1)];
          const slopes = (row: number[]) => evaluateLoss(loss, tf.tensor2d([row]), z).gradient;
          const mixed = image.map((y, j) => a * y + (1 - a) * background[j]);
          const [first, second] = [slopes(image), slopes(background)];
          for (const labeled of [mixed, mixed.slice(0, classes)]) {
            const actual = slopes(labeled);
            for (let j = 0; j < classes; ++j) {
              if (image[j] === 1) continue;
              t.true(Math.abs(actual[j] - (a * first[j] + (1 - a) * second[j])) < 1e-6);
            }
          }
        }),
    ),
  );
});

test.serial('the gradient is the derivative of the loss', async (t) => {
  await useBackend('cpu');
  const rows = [0.3, 0.1, 0, 0.6, 0.01, 0.01, 0.01, 0.97];
  const z = [0.5, -1, 2, -0.25, 1.5, 0.75];
  const loss = new EqualizationLoss({lambda: 0.01, freqInfo: [0.001, 0.5, 0.001]});
  const yTrue = tf.tensor2d(rows, [2, 4]);
  const total = (x: number[]) => {
    const {values} = evaluateLoss(loss, yTrue, tf.tensor2d(x, [2, 3]));
    return values[0] + values[1];
  };
  const {gradient} = evaluateLoss(loss, yTrue, tf.tensor2d(z, [2, 3]));
  const h = 1e-2;
  for (let i = 0; i < z.length; ++i) {
    const shifted = (by: number) => z.map((x, k) => (k === i ? x + by : x));
    // Losses are float32, about 3: their differences are good to 5e-5.
    t.true(Math.abs(gradient[i] - (total(shifted(h)) - total(shifted(-h))) / (2 * h)) < 2e-4);
  }
});
