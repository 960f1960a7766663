import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {
  ClassFrequencyCounter,
  EqualizationLoss,
  type EqualizationLossOptions,
  type LossContext,
  type Threshold,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm} from '../helpers/closed_form';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {inGradient} from '../helpers/in_gradient';
import {evaluateLoss, hot, lossCases, stepTail, withoutColumns} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {freqInfo, smallData, smallModel, twoHeads, weightsOf} from '../helpers/models';

const make = (options: Partial<EqualizationLossOptions> = {}) =>
  new EqualizationLoss({lambda: 0.01, freqInfo: [0.001, 0.25, 0.004], ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('γ: each negative of a class below λ in a foreground row is spared with probability γ', (t) => {
  const rows = 500;
  for (const gamma of [0.25, 0.9]) {
    const loss = make({gamma, seed: 11});
    // Rows of class 1: negatives below λ in columns 0 and 2. Every gradient there is 0 or σ(0) = 0.5.
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

test.serial('in evaluation γ replaces the draws: the expected loss', (t) => {
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

test.serial('background rows cost in full, whatever is drawn', (t) => {
  const z = tf.zeros([100, 3]);
  const {gradient} = evaluateLoss(make({gamma: 0.9}), tf.fill([100], 3, 'int32'), z);
  t.true(gradient.every((g) => g === 0.5));
});

/** The loss of one batch of training. */
function step(loss: EqualizationLoss, labels: number[], context?: LossContext): tf.Tensor {
  return inGradient(() => loss.call(tf.tensor1d(labels, 'int32'), tf.zeros([labels.length, 3]), context));
}

/** Trains `batches` batches; what the loss threw, by batch (from 1 on). */
function train(
  loss: EqualizationLoss,
  batches: number,
  labels = [0, 2],
  training?: boolean,
  output?: number,
): number[] {
  const thrown: number[] = [];
  for (let i = 1; i <= batches; ++i) {
    try {
      tf.tidy(() => void step(loss, labels, {training, output}));
    } catch (error) {
      if (!/hold background/.test((error as Error).message)) throw error;
      thrown.push(i);
    }
  }
  return thrown;
}

const answersOfReads = () => new Promise((resolve) => setTimeout(resolve));

test.serial('50 training batches without background: an error that names the remedies', (t) => {
  const loss = make();
  t.deepEqual(train(loss, 49), []);
  const {message} = t.throws(() => step(loss, [0, 2]), {name: 'ValueError'}) as Error;
  const parts = ['EqualizationLoss', '50', 'background', 'SoftmaxEqualizationLoss', 'gamma', 'lambda'];
  for (const part of [...parts, 'requireBackground: false', '`yTrue`']) t.true(message.includes(part), part);
  t.deepEqual(train(loss, 3), [1, 2, 3], 'every further batch throws as well');
  t.deepEqual(train(loss, 2, [0, 3]), [], 'background ends it');
  t.deepEqual(train(loss, 60), []);
  t.deepEqual(train(make(), 50), [50], 'each loss has its own count');
});

test.serial('no error if nothing can collapse', async (t) => {
  const quiet: Array<[string, () => number[]]> = [
    ['γ < 1', () => train(make({gamma: 0.9}), 120)],
    ['γ = 0', () => train(make({gamma: 0}), 120)],
    ['evaluation', () => train(make(), 120, [0, 2], false)],
    ['λ selects no class', () => train(make({lambda: 0}), 120)],
    ['it is turned off', () => train(make({requireBackground: false}), 120)],
    [
      'T(f) leaves most negatives',
      () => train(make({lambda: undefined, threshold: {kind: 'exponential', a: 800, n: 2}}), 120),
    ],
    [
      'a background row in batch 50',
      () => {
        const loss = make();
        return [...train(loss, 49), ...train(loss, 1, [0, 3]), ...train(loss, 120)];
      },
    ],
    [
      'a counter that has seen each class often',
      () => {
        const freqInfo = new ClassFrequencyCounter({numClasses: 3, labels: 'list'}).add([0, 1, 2]);
        return train(make({freqInfo}), 120);
      },
    ],
  ];
  for (const [name, run] of quiet) t.deepEqual(run(), [], name);
  await useGpuLikeBackend();
  for (const [name, run] of quiet) {
    run();
    await answersOfReads();
    t.deepEqual(run(), [], `${name}, read late`);
  }
});

test.serial('smooth thresholds that spare a class by more than half need background too', (t) => {
  const smooth: Threshold = {kind: 'exponential', a: 400, n: 2}; // T(0.001) = 0.84
  t.deepEqual(train(make({lambda: undefined, threshold: smooth}), 50), [50]);
});

test.serial('if labels are read late, the error comes late', async (t) => {
  await useGpuLikeBackend();
  const loss = make();
  const before = [tf.memory().numTensors, tf.backend().numDataIds()];
  t.deepEqual(train(loss, 60), []);
  await answersOfReads();
  t.deepEqual(train(loss, 2), [1, 2]);
  t.deepEqual([tf.memory().numTensors, tf.backend().numDataIds()], before);
  train(loss, 1, [0, 3]);
  await answersOfReads();
  t.deepEqual(train(loss, 60), []);
});

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`the batch that throws leaves no trace (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const loss = make({seed: 1});
    train(loss, 49);
    if (backend === 'gpu-like') train(loss, 1);
    await answersOfReads();
    const before = [tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()];
    const config = [loss.getConfig(), loss.getState()];
    t.throws(() => tf.tidy(() => step(loss, [0, 2])), {message: /hold background/});
    await answersOfReads();
    t.deepEqual([tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()], before);
    t.deepEqual([loss.getConfig(), loss.getState()], config);
  });
}

const noBackground = () => ({xs: smallData(8).xs, ys: tf.tensor1d([0, 1, 2, 3, 4, 0, 1, 2], 'int32')});

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(
    `fit, fitDataset and trainOnBatch throw, and the weights are unchanged (${backend})`,
    async (t) => {
      await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
      const {xs, ys} = noBackground();
      const rows = tf.data.zip({
        xs: tf.data.array(xs.arraySync()),
        ys: tf.data.array(ys.arraySync()),
      } as never);
      const fitOptions = {epochs: 60, batchSize: 8, verbose: 0} as const;
      const entries: Array<[string, (model: tf.LayersModel) => Promise<unknown>]> = [
        ['fit', (model) => model.fit(xs, ys, fitOptions)],
        ['fitDataset', (model) => model.fitDataset(rows.batch(8), {epochs: 60, verbose: 0})],
        [
          'trainOnBatch',
          async (model) => {
            for (let i = 0; i < 60; ++i) await model.trainOnBatch(xs, ys);
          },
        ],
      ];
      for (const [name, run] of entries) {
        const model = smallModel();
        model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0.05, freqInfo})});
        await t.throwsAsync(run(model), {name: 'ValueError', message: /hold background/}, name);
        const weights = weightsOf(model);
        await t.throwsAsync(model.trainOnBatch(xs, ys), {message: /hold background/}, name);
        t.deepEqual(weightsOf(model), weights, name);
        const values = model.evaluate(xs, ys) as tf.Scalar;
        t.true(Number.isFinite(values.dataSync()[0]), `${name}: evaluation goes on`);
        const off = smallModel();
        const loss = new EqualizationLoss({lambda: 0.05, freqInfo, requireBackground: false});
        off.compile({optimizer: 'sgd', loss});
        await t.notThrowsAsync(run(off), name);
      }
    },
  );
}

test.serial('evaluation and failed batches do not count towards the 50', (t) => {
  const loss = make();
  t.deepEqual(train(loss, 49), []);
  t.deepEqual(train(loss, 60, [0, 2], false), []);
  for (let i = 0; i < 60; ++i) t.throws(() => train(loss, 1, [0, 4]), {name: 'ValueError'});
  t.deepEqual(train(loss, 1), [1]);
});

test.serial('a call outside a gradient is not a training batch, whatever its context says', (t) => {
  const loss = make();
  const [y, z] = [tf.tensor1d([0, 2], 'int32'), tf.zeros([2, 3])];
  for (let i = 0; i < 120; ++i) t.notThrows(() => [loss(y, z), loss.call(y, z, {training: true})]);
  t.deepEqual(train(loss, 50), [50]);
  t.notThrows(() => loss(y, z), 'validation goes on');
});

test.serial('a custom loop counts as training, however it takes gradients', (t) => {
  const [y, w] = [tf.tensor1d([0, 2], 'int32'), tf.variable(tf.zeros([2, 3]))];
  const sgd = tf.train.sgd(0);
  const ways: Array<(f: () => tf.Scalar) => unknown> = [
    (f) => tf.variableGrads(f),
    (f) => sgd.minimize(f),
    (f) => sgd.computeGradients(f),
  ];
  for (const way of ways) {
    const loss = make();
    const batch = () => tf.tidy(() => void way(() => tf.sum(loss(y, w)) as tf.Scalar));
    for (let i = 0; i < 49; ++i) batch();
    t.throws(batch, {message: /hold background/});
  }
});

test.serial('each output is counted separately', async (t) => {
  const loss = make();
  t.deepEqual(train(loss, 49, [0, 2], true, 0), []);
  t.deepEqual(train(loss, 49, [0, 2], true, 1), []);
  t.deepEqual(train(loss, 1, [0, 3], true, 0), []);
  t.deepEqual(train(loss, 2, [0, 2], true, 1), [1, 2]);
  t.deepEqual(train(loss, 120, [0, 2], true, 0), []);

  // One loss object for both heads.
  const {xs, ys} = noBackground();
  const withBackground = tf.tensor1d([5, 0, 1, 2, 3, 4, 0, 1], 'int32');
  const thrownAt = async (labels: tf.Tensor[]) => {
    const model = twoHeads();
    model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0.05, freqInfo})});
    for (let batch = 1; batch <= 80; ++batch) {
      try {
        await model.trainOnBatch(xs, labels);
      } catch (error) {
        t.regex((error as Error).message, /hold background/);
        return batch;
      }
    }
    return undefined;
  };
  t.is(await thrownAt([ys, ys]), 50);
  t.is(await thrownAt([withBackground, ys]), 50);
  t.is(await thrownAt([ys, withBackground]), 50);
  t.is(await thrownAt([withBackground, withBackground]), undefined);
});
