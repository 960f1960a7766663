import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
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
  type RowLoss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {CLASSES, reload, smallData, smallModel} from '../helpers/models';

const C = 4;
const counts = new ClassFrequency({imageCounts: [400, 90, 20, 3], numImages: 600});

interface Case {
  make: (ignoreLabel?: number) => RowLoss;
  background?: boolean;
  extra?: number;
  probabilities?: boolean;
}

const cases: Record<string, Case> = {
  AsymmetricLoss: {make: (ignoreLabel) => new AsymmetricLoss({ignoreLabel}), background: true},
  BalancedSoftmaxLoss: {make: (ignoreLabel) => new BalancedSoftmaxLoss({freqInfo: counts, ignoreLabel})},
  'ClassBalancedLoss of softmax': {
    make: (ignoreLabel) => new ClassBalancedLoss({freqInfo: counts, ignoreLabel}),
  },
  'ClassBalancedLoss of focal': {
    make: (ignoreLabel) => new ClassBalancedLoss({freqInfo: counts, base: 'focal', ignoreLabel}),
    background: true,
  },
  ClassDependentTemperatureLoss: {
    make: (ignoreLabel) => new ClassDependentTemperatureLoss({freqInfo: counts, gamma: 0.2, ignoreLabel}),
  },
  EqualizationLoss: {
    make: (ignoreLabel) => new EqualizationLoss({lambda: 0.1, freqInfo: counts, ignoreLabel}),
    background: true,
  },
  'EqualizationLoss of probabilities': {
    make: (ignoreLabel) =>
      new EqualizationLoss({lambda: 0.1, freqInfo: counts, fromLogits: false, ignoreLabel}),
    background: true,
    probabilities: true,
  },
  EqualizationLossV2: {
    make: (ignoreLabel) => new EqualizationLossV2({numClasses: C, ignoreLabel}),
    background: true,
  },
  'EqualizationLossV2 with objectness': {
    make: (ignoreLabel) => new EqualizationLossV2({numClasses: C, objectness: true, ignoreLabel}),
    background: true,
    extra: 1,
  },
  FocalLoss: {make: (ignoreLabel) => new FocalLoss({alpha: 0.25, ignoreLabel}), background: true},
  'FocalLoss of softmax': {make: (ignoreLabel) => new FocalLoss({activation: 'softmax', ignoreLabel})},
  LabelAwareSmoothingLoss: {
    make: (ignoreLabel) =>
      new LabelAwareSmoothingLoss({freqInfo: counts, smoothHead: 0.3, smoothTail: 0, ignoreLabel}),
  },
  LDAMLoss: {make: (ignoreLabel) => new LDAMLoss({freqInfo: counts, ignoreLabel})},
  LogitAdjustedLoss: {make: (ignoreLabel) => new LogitAdjustedLoss({freqInfo: counts, ignoreLabel})},
  SeesawLoss: {make: (ignoreLabel) => new SeesawLoss({numClasses: C, ignoreLabel})},
  'SeesawLoss with objectness': {
    make: (ignoreLabel) => new SeesawLoss({numClasses: C, objectness: true, ignoreLabel}),
    background: true,
    extra: 2,
  },
  SigmoidCrossEntropy: {make: (ignoreLabel) => new SigmoidCrossEntropy({ignoreLabel}), background: true},
  SoftmaxCrossEntropy: {make: (ignoreLabel) => new SoftmaxCrossEntropy({ignoreLabel})},
  SoftmaxEqualizationLoss: {
    make: (ignoreLabel) =>
      new SoftmaxEqualizationLoss({lambda: 0.1, freqInfo: counts, gamma: 1, seed: 1, ignoreLabel}),
  },
};

/** Which rows count; the others hold NaN, too. */
const COUNTED = [true, false, true, true, false, false, true];
const kept = <T>(rows: T[]) => rows.filter((_, row) => COUNTED[row % COUNTED.length]);

function batchOf({background, extra = 0, probabilities}: Case, step: number) {
  const labels = [0, 3, background ? C : 2, 1, 0, 2, 3];
  const scores = labels.map((_, row) =>
    Array.from({length: C + extra}, (_, j) => {
      const score = 3 * Math.sin(7 * row + 3 * j + 11 * step);
      return probabilities ? 1 / (1 + Math.exp(-score)) : score;
    }),
  );
  return {labels, scores};
}

function lossAndGradient(loss: RowLoss, labels: number[], scores: number[][]) {
  return tf.tidy(() => {
    const {value, grads} = tf.valueAndGrads((z: tf.Tensor) => loss(tf.tensor1d(labels, 'int32'), z))([
      tf.tensor2d(scores),
    ]);
    return {losses: Array.from(value.dataSync()), gradient: grads[0].arraySync() as number[][]};
  });
}

function isClose(t: ExecutionContext, received: number[], expected: number[], what: string): void {
  t.is(received.length, expected.length, what);
  t.true(largestRelativeError(received, expected, 1e-6) < 2e-6, `${what}: ${received} is not ${expected}`);
}

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`ignored rows are as if absent, for every loss (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    for (const [name, given] of Object.entries(cases)) {
      for (const ignoreLabel of [255, -1]) {
        const [loss, other] = [given.make(ignoreLabel), given.make()];
        for (let step = 0; step < 2; ++step) {
          const {labels, scores} = batchOf(given, step);
          const expected = lossAndGradient(other, kept(labels), kept(scores));
          const {losses, gradient} = lossAndGradient(
            loss,
            labels.map((label, row) => (COUNTED[row] ? label : ignoreLabel)),
            scores.map((row, i) => (COUNTED[i] ? row : row.map(() => Number.NaN))),
          );
          const what = `${name}, ${ignoreLabel}, step ${step}`;
          isClose(t, kept(losses), expected.losses, what);
          isClose(t, kept(gradient).flat(), expected.gradient.flat(), `gradient of ${what}`);
          const ignored = losses.filter((_, row) => !COUNTED[row]);
          t.true(ignored.every((x) => x === 0) && losses.length === COUNTED.length, what);
          t.true(
            gradient.every((row, i) => COUNTED[i] || row.every((x) => x === 0)),
            what,
          );
        }
        for (const [key, value] of Object.entries(other.getState?.() ?? {})) {
          const state = loss.getState?.()?.[key];
          isClose(t, [state].flat() as number[], [value].flat() as number[], `${name}: state.${key}`);
        }
      }
    }
  });

  test.serial(`a sample's loss is the mean over its boxes that count (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    tf.tidy(() => {
      const yTrue = tf.tensor2d(
        [
          [0, 9, 2],
          [9, 9, 9],
        ],
        [2, 3],
        'int32',
      );
      const z = tf.tensor3d(
        [
          [1, 2, 0, 5, 1, 1, -1, 3, 2],
          [4, 5, 6, 7, 8, 9, 1, 2, 3],
        ].flat(),
        [2, 3, 3],
      );
      const loss = new SoftmaxCrossEntropy({ignoreLabel: 9});
      const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => loss(yTrue, x))([z]);
      const plain = tf.valueAndGrads((x: tf.Tensor) =>
        new SoftmaxCrossEntropy()(tf.tensor1d([0, 2], 'int32'), x),
      )([
        tf.tensor2d([
          [1, 2, 0],
          [-1, 3, 2],
        ]),
      ]);
      const [first, third] = plain.value.dataSync();
      isClose(t, Array.from(value.dataSync()), [(first + third) / 2, 0], 'losses');
      const [a, b] = plain.grads[0].arraySync() as number[][];
      const half = (row: number[]) => row.map((x) => x / 2);
      isClose(
        t,
        Array.from(grads[0].dataSync()),
        [...half(a), 0, 0, 0, ...half(b), ...Array(9).fill(0)],
        'gradient',
      );
    });
  });

  test.serial(`one logit: integers of any shape, along with 0 and 1 (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    tf.tidy(() => {
      const loss = new SigmoidCrossEntropy({ignoreLabel: -1});
      const z = tf.tensor2d([[1], [2], [3]]);
      const [positive, negative] = [Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(3))];
      for (const shape of [[3], [3, 1]]) {
        isClose(
          t,
          Array.from(loss(tf.tensor([1, -1, 0], shape, 'int32'), z).dataSync()),
          [positive, 0, negative],
          `${shape}`,
        );
      }
      const columns = tf.tensor2d([
        [1, 0],
        [0, 1],
        [0, 1],
      ]);
      t.true(loss(columns, z).dataSync()[1] > 2, 'labels with columns have no label to ignore');
    });
  });
}

test.serial('other labels out of range are still rejected', async (t) => {
  await useBackend('cpu');
  const loss = new SoftmaxCrossEntropy({ignoreLabel: 255});
  t.throws(() => loss(tf.tensor1d([255, C], 'int32'), tf.zeros([2, C])), {message: /Received: 4 in row 1/});
  t.throws(() => loss(tf.tensor1d([255, 254], 'int32'), tf.zeros([2, C])), {
    message: /Received: 254 in row 1/,
  });
  for (const ignoreLabel of [0.5, Number.NaN, '255', 2 ** 31, null]) {
    t.throws(() => new SoftmaxCrossEntropy({ignoreLabel: ignoreLabel as never}), {
      name: 'ValueError',
      message: /`ignoreLabel` to be an integer/,
    });
  }
});

for (const backend of ['cpu', 'gpu-like'] as const) {
  test.serial(`a batch in which no row counts changes no state (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    for (const name of ['EqualizationLossV2', 'SeesawLoss', 'SeesawLoss with objectness']) {
      const given = cases[name];
      const loss = given.make(255);
      const {scores} = batchOf(given, 0);
      const {losses} = lossAndGradient(
        loss,
        scores.map(() => 255),
        scores,
      );
      t.true(losses.every((x) => x === 0));
      const {step, ...sums} = loss.getState?.() ?? {};
      t.true(
        Object.values(sums)
          .flat()
          .every((x) => x === 0),
        name,
      );
      t.true(step === undefined || step === 0, 'ratios stay where they begin');
    }
  });

  test.serial(`ignored rows are not background (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const loss = new EqualizationLoss({lambda: 0.1, freqInfo: counts, ignoreLabel: 255});
    const labels = tf.tensor1d([0, 255], 'int32');
    const step = () =>
      tf.tidy(() => tf.dispose(tf.grads((z: tf.Tensor) => loss(labels, z))([tf.zeros([2, C])])));
    const train = async () => {
      for (let i = 0; i < 60; ++i) {
        step();
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    await t.throwsAsync(train(), {message: /to hold background/});
    labels.dispose();
  });
}

test.serial(
  'it is saved, and trains and evaluates with integer labels, class weights and metrics',
  async (t) => {
    await useBackend('cpu');
    const {xs, ys} = smallData(12);
    const some = tf.tensor1d(
      Array.from(ys.dataSync(), (label, row) => (row % 3 === 0 ? 255 : label)),
      'int32',
    );
    const rows = Array.from({length: 12}, (_, row) => row).filter((row) => row % 3 !== 0);
    const frequencies = new ClassFrequency({imageCounts: Array(CLASSES).fill(10), numImages: 100});
    for (const loss of [
      new SigmoidCrossEntropy({ignoreLabel: 255}),
      new EqualizationLoss({lambda: 0, freqInfo: frequencies, ignoreLabel: 255}),
      new EqualizationLossV2({numClasses: CLASSES, ignoreLabel: 255}),
      new FocalLoss({ignoreLabel: 255}),
    ]) {
      const model = smallModel();
      model.compile({optimizer: 'sgd', loss, metrics: ['accuracy']});
      const classWeight = Object.fromEntries(Array.from({length: CLASSES + 1}, (_, j) => [j, 1]));
      const {history} = await model.fit(xs, some, {epochs: 1, batchSize: 5, classWeight, verbose: 0});
      t.true(Number.isFinite(history.loss[0]));
      const [, accuracy] = model.evaluate(xs, some) as tf.Scalar[];
      const [, expected] = model.evaluate(tf.gather(xs, rows), tf.gather(ys, rows)) as tf.Scalar[];
      t.is(accuracy.dataSync()[0], expected.dataSync()[0]);
      const loaded = await reload(model);
      const reloaded = loaded.loss as RowLoss;
      t.is(reloaded.ignoreLabel, 255);
      t.deepEqual(reloaded.getConfig(), loss.getConfig());
    }
  },
);
