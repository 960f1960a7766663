import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {ClassFrequencyCounter, EqualizationLoss, type EqualizationLossOptions} from '../../src';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm} from '../helpers/closed_form';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {evaluateLoss, hot, lossCases, stepTail, withoutColumns} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';

const make = (options: Partial<EqualizationLossOptions> = {}) =>
  new EqualizationLoss({lambda: 0.01, freqInfo: [0.001, 0.25, 0.004], ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('γ: each rare negative of a foreground row is spared with probability γ', (t) => {
  const rows = 500;
  for (const gamma of [0.25, 0.9]) {
    const loss = make({gamma, seed: 11});
    // Rows of class 1: rare negatives in columns 0 and 2. Every gradient there is 0 or σ(0) = 0.5.
    const labels = tf.fill([rows], 1, 'int32');
    const spared = [0, 0, 0];
    const steps = 10;
    for (let step = 0; step < steps; ++step) {
      const {values, gradient} = evaluateLoss(loss, labels, tf.zeros([rows, 3]));
      for (let row = 0; row < rows; ++row) {
        const slopes = gradient.slice(3 * row, 3 * row + 3);
        t.is(slopes[1], -0.5);
        t.true(slopes.every((g) => g === 0 || Math.abs(g) === 0.5));
        slopes.forEach((g, j) => {
          if (g === 0) ++spared[j];
        });
        // Value and gradient are of the same draw.
        const paying = slopes.filter((g) => g !== 0).length;
        t.true(Math.abs(values[row] - paying * Math.LN2) < 1e-6);
      }
    }
    const n = rows * steps;
    const bound = 5 * Math.sqrt((gamma * (1 - gamma)) / n);
    t.true(Math.abs(spared[0] / n - gamma) < bound, `${spared[0] / n} for γ = ${gamma}`);
    t.true(Math.abs(spared[2] / n - gamma) < bound, `${spared[2] / n} for γ = ${gamma}`);
    t.is(spared[1], 0);
  }
});

test.serial('in evaluation γ stands for the draws: the expected loss', (t) => {
  fc.assert(
    fc.property(
      lossCases(),
      fc.constantFrom(0, 0.3, 0.9, 1),
      ({rows, classes, labels, logits, frequencies, lambda}, gamma) => {
        const loss = new EqualizationLoss({lambda, freqInfo: frequencies, gamma});
        const z = tf.tensor2d(logits, [rows, classes]);
        const run = () =>
          evaluateLoss(loss, tf.tensor1d(withoutColumns(labels, classes)), z, {training: false});
        const {values, gradient} = run();
        const expected = sigmoidClosedForm({
          predictions: logits,
          labels: hot(labels, classes),
          tail: stepTail(frequencies, lambda),
          beta: gamma,
        });
        t.true(largestRelativeError(values, expected.rowLosses, 1e-30) < 1e-6);
        t.true(largestRelativeError(gradient, expected.gradient, 1e-30) < 1e-6);
        t.deepEqual(run(), {values, gradient});
      },
    ),
    {numRuns: 50},
  );
});

test.serial('γ = 0 is plain sigmoid cross entropy, γ = 1 plain EQL, in training as well', (t) => {
  const z = tf.tensor2d([1, -2, 3, 0.5, 0, -1], [2, 3]);
  const y = tf.tensor1d([1, 3]);
  t.deepEqual(evaluateLoss(make({gamma: 0}), y, z), evaluateLoss(make({lambda: 0}), y, z));
  const spared = evaluateLoss(make({gamma: 1}), y, z).gradient.map((g) => g === 0);
  t.deepEqual(spared, [true, false, true, false, false, false]);
});

test.serial('background rows pay in full, whatever is drawn', (t) => {
  const z = tf.zeros([100, 3]);
  const {gradient} = evaluateLoss(make({gamma: 0.9}), tf.fill([100], 3, 'int32'), z);
  t.true(gradient.every((g) => g === 0.5));
});

/** What console.warn is given while `run` runs. */
function warnings(run: () => void): string[] {
  const {warn} = console;
  const messages: string[] = [];
  console.warn = (message: string) => messages.push(message);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return messages;
}

function train(loss: EqualizationLoss, batches: number, labels = [0, 2], training?: boolean): void {
  for (let i = 0; i < batches; ++i) {
    tf.tidy(() => loss.call(tf.tensor1d(labels, 'int32'), tf.zeros([labels.length, 3]), {training}));
  }
}

test.serial('50 training batches without background: one warning, which names the way out', (t) => {
  const loss = make();
  t.deepEqual(
    warnings(() => train(loss, 49)),
    [],
  );
  const messages = warnings(() => train(loss, 100));
  t.is(messages.length, 1);
  for (const part of ['EqualizationLoss', '50', 'background', 'SoftmaxEqualizationLoss', 'gamma']) {
    t.true(messages[0].includes(part), part);
  }
  t.is(warnings(() => train(make(), 60)).length, 1, 'each loss has its own count');
});

test.serial('no warning where nothing can collapse', async (t) => {
  const quiet: Array<[string, () => void]> = [
    ['γ < 1', () => train(make({gamma: 0.9}), 120)],
    ['γ = 0', () => train(make({gamma: 0}), 120)],
    ['evaluation', () => train(make(), 120, [0, 2], false)],
    ['λ selects no class', () => train(make({lambda: 0}), 120)],
    [
      'a background row in batch 50',
      () => {
        const loss = make();
        train(loss, 49);
        train(loss, 1, [0, 3]);
        train(loss, 120);
      },
    ],
    [
      'a counter that has seen each class often',
      () => {
        const freqInfo = new ClassFrequencyCounter({numClasses: 3, labels: 'list'}).add([0, 1, 2]);
        train(make({freqInfo}), 120);
      },
    ],
  ];
  for (const [name, run] of quiet) t.deepEqual(warnings(run), [], name);
  await useGpuLikeBackend();
  t.deepEqual(
    warnings(() => train(make(), 60)),
    [],
    'labels that cannot be read at once',
  );
});

test.serial('evaluation and batches that fail do not count towards the 50', (t) => {
  const loss = make();
  const messages = warnings(() => {
    train(loss, 49);
    train(loss, 60, [0, 2], false);
    for (let i = 0; i < 60; ++i) t.throws(() => train(loss, 1, [0, 4]), {name: 'ValueError'});
  });
  t.deepEqual(messages, []);
  t.is(warnings(() => train(loss, 1)).length, 1);
});
