import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, Loss, SoftmaxEqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm, softmaxClosedForm} from '../helpers/closed_form';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads, weightsOf} from '../helpers/models';

const LAMBDA = 0.05;
const TAIL = Array.from(freqInfo.frequencies, (f) => (f < LAMBDA ? 1 : 0));
const FACTORS = [100, 2, 3, 4, 5, 6]; // 5 = background
const classWeight = Object.fromEntries(FACTORS.map((weight, j) => [j, weight]));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const eql = () => new EqualizationLoss({lambda: LAMBDA, freqInfo});
const softmax = () => new SoftmaxEqualizationLoss({lambda: LAMBDA, freqInfo, gamma: 1});

/** A user's loss that accepts one form of labels. */
class Squares extends Loss {
  static readonly className = 'SquaresOfOneForm';
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.mean(tf.squaredDifference(yTrue, yPred), -1);
  }
  getConfig() {
    return {};
  }
}

const rows = (xs: tf.Tensor, ys: tf.Tensor | Record<string, tf.Tensor>, batch: number) =>
  tf.data
    .zip({
      xs: tf.data.array(xs.arraySync() as number[][]),
      ys:
        ys instanceof tf.Tensor
          ? tf.data.array(ys.arraySync() as number[])
          : tf.data.zip(
              Object.fromEntries(
                Object.entries(ys).map(([key, y]) => [key, tf.data.array(y.arraySync() as number[])]),
              ),
            ),
    })
    .batch(batch) as tf.data.Dataset<never>;

function forms(ys: tf.Tensor1D): Record<string, tf.Tensor> {
  const withBackground = tf.oneHot(ys, CLASSES + 1).toFloat() as tf.Tensor2D;
  return {
    '[batch]': ys,
    '[batch, 1]': ys.reshape([-1, 1]),
    '[batch, C + 1]': withBackground,
    '[batch, C], background all zero': withBackground.slice([0, 0], [-1, CLASSES]),
  };
}

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`weights every form of labels alike in fit and fitDataset (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const {xs, ys} = smallData(13);
    const labels = Array.from(ys.dataSync());
    const frozen = smallModel();
    const predictions = (frozen.predict(xs) as tf.Tensor).dataSync();
    const dense = labels.flatMap((label) => Array.from({length: CLASSES}, (_, j) => Number(j === label)));
    const {rowLosses} = sigmoidClosedForm({predictions, labels: dense, tail: TAIL});
    const wanted = mean(rowLosses.map((loss, i) => loss * FACTORS[labels[i]]));
    const trained = [];
    for (const [form, y] of Object.entries(forms(ys))) {
      frozen.compile({optimizer: tf.train.sgd(0), loss: eql(), metrics: ['accuracy']});
      const options = {epochs: 1, verbose: 0, classWeight} as const;
      for (const [entry, {history}] of [
        ['fit', await frozen.fit(xs, y, {...options, batchSize: 4})],
        ['fitDataset', await frozen.fitDataset(rows(xs, y, 4), options as never)],
      ] as const) {
        t.true(
          Math.abs((history.loss[0] as number) - wanted) < 1e-4 * wanted,
          `${entry} ${form}: ${history.loss[0]}`,
        );
      }
      for (const entry of ['fit', 'fitDataset'] as const) {
        const model = smallModel();
        model.compile({optimizer: tf.train.sgd(0.01), loss: eql()});
        if (entry === 'fit') await model.fit(xs, y, {...options, batchSize: 4, shuffle: false});
        else await model.fitDataset(rows(xs, y, 4), options as never);
        trained.push(weightsOf(model));
      }
    }
    for (const weights of trained.slice(1)) t.deepEqual(weights, trained[0]);
    const plain = smallModel();
    plain.compile({optimizer: tf.train.sgd(0.01), loss: eql()});
    await plain.fit(xs, ys, {epochs: 1, verbose: 0, batchSize: 4, shuffle: false});
    t.notDeepEqual(weightsOf(plain), trained[0]);
  });
}

test.serial('softmax with a validation split, and background without a given weight', async (t) => {
  await useBackend('cpu');
  const {xs} = smallData(16);
  const labels = Array.from({length: 16}, (_, i) => (i * 3) % CLASSES);
  const ys = tf.tensor1d(labels, 'int32');
  const model = smallModel();
  const predictions = (model.predict(xs) as tf.Tensor).dataSync();
  const dense = labels.flatMap((label) => Array.from({length: CLASSES}, (_, j) => Number(j === label)));
  const losses = softmaxClosedForm({predictions, labels: dense, tail: TAIL}).rowLosses;
  const validated = softmaxClosedForm({predictions, labels: dense, tail: TAIL.map(() => 0)}).rowLosses.slice(
    12,
  );
  const weights = {0: 3, 1: 1, 2: 1, 3: 7, 4: 2} as Record<number, number>;
  const wanted = mean(losses.slice(0, 12).map((loss, i) => loss * weights[labels[i]]));
  model.compile({optimizer: tf.train.sgd(0), loss: softmax()});
  const {history} = await model.fit(xs, ys, {
    epochs: 1,
    batchSize: 5,
    validationSplit: 0.25,
    verbose: 0,
    classWeight: weights,
  });
  t.true(Math.abs((history.loss[0] as number) - wanted) < 1e-5 * wanted);
  t.true(Math.abs((history.val_loss[0] as number) - mean(validated)) < 1e-5, 'validation is not weighted');
});

test.serial('one logit: keys 0 and 1 are negatives and positives', async (t) => {
  await useBackend('cpu');
  const labels = [0, 1, 1, 0, 0];
  const x = tf.randomNormal([5, 2], 0, 1, 'float32', 7);
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
  model.compile({
    optimizer: tf.train.sgd(0),
    loss: new EqualizationLoss({lambda: 0, freqInfo: [0.4]}),
  });
  const predictions = (model.predict(x) as tf.Tensor).dataSync();
  const {rowLosses} = sigmoidClosedForm({predictions, labels, tail: [0]});
  const wanted = mean(rowLosses.map((loss, i) => loss * (labels[i] === 1 ? 9 : 2)));
  const {history} = await model.fit(x, tf.tensor1d(labels), {
    epochs: 1,
    verbose: 0,
    classWeight: {0: 2, 1: 9},
  });
  t.true(Math.abs((history.loss[0] as number) - wanted) < 1e-5 * wanted);
});

test.serial(
  'several outputs: arrays and dictionaries, in fit and fitDataset, other losses as in tfjs',
  async (t) => {
    await useBackend('cpu');
    const {xs, ys} = smallData(12);
    const others = tf.tensor1d(
      Array.from({length: 12}, (_, i) => (i * 2) % CLASSES),
      'int32',
    );
    const oneHot = tf.oneHot(others, CLASSES).toFloat();
    const weightsOfB = {0: 1, 1: 20, 2: 3, 3: 1, 4: 1};
    // Plain tfjs for the other output.
    const whole = twoHeads();
    const alone = tf.model({inputs: whole.inputs, outputs: whole.outputs[1]});
    alone.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError'});
    const options = {epochs: 1, verbose: 0} as const;
    const b = (await alone.fit(xs, oneHot, {...options, batchSize: 12, classWeight: weightsOfB})).history
      .loss[0] as number;
    const model = twoHeads();
    model.compile({optimizer: tf.train.sgd(0), loss: {a: eql(), b: 'meanSquaredError'} as never});
    const [z] = model.predict(xs) as tf.Tensor[];
    const labels = Array.from(ys.dataSync());
    const dense = labels.flatMap((label) => Array.from({length: CLASSES}, (_, j) => Number(j === label)));
    const {rowLosses} = sigmoidClosedForm({predictions: z.dataSync(), labels: dense, tail: TAIL});
    const plainB = mean(
      (alone.predict(xs) as tf.Tensor).sub(oneHot).square().mean(1).arraySync() as number[],
    );
    const a = mean(rowLosses.map((loss, i) => loss * FACTORS[labels[i]]));
    for (const [weights, wantedB] of [
      [[classWeight, weightsOfB], b],
      [{a: classWeight, b: weightsOfB}, b],
      [{b: weightsOfB, a: classWeight}, b],
      [{a: classWeight}, plainB],
    ] as Array<[never, number]>) {
      for (const y of Object.values(forms(ys))) {
        const before = tf.memory().numTensors;
        const fitted = await model.fit(xs, [y, oneHot], {...options, batchSize: 12, classWeight: weights});
        t.is(tf.memory().numTensors, before);
        const byDataset = await model.fitDataset(rows(xs, {a: y, b: oneHot}, 12), {
          ...options,
          classWeight: weights,
        } as never);
        for (const {history} of [fitted, byDataset]) {
          const actual = ['a_loss', 'b_loss', 'loss'].map((key) => history[key][0] as number);
          const wanted = [a, wantedB, a + wantedB];
          t.true(
            wanted.every((value, i) => Math.abs(value - actual[i]) < 1e-4 * value),
            `${actual}, not ${wanted}`,
          );
        }
      }
    }
  },
);

test.serial('refuses wrong arguments before anything changes, leaving no tensor', async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(12);
  const multiHot = tf.tensor2d(
    Array.from({length: 12}, (_, i) => (i < 9 ? [0, 1, 0, 0, 0] : [1, 0, 1, 0, 0])),
  );
  const model = smallModel();
  const loss = new EqualizationLoss({lambda: LAMBDA, freqInfo, gamma: 0.5, seed: 1});
  model.compile({optimizer: tf.train.sgd(0.1), loss});
  const state = () => ({weights: weightsOf(model), config: loss.getConfig()});
  const before = state();
  const cases: Array<[tf.Tensor, object, RegExp]> = [
    [ys, {0: 1, 1: 1, 4: 1}, /`classWeight`.*missing: 2, 3/],
    [ys, {0: 1}, /missing: 1, 2, 3, 4/],
    [ys, {...classWeight, 2: -3}, /`classWeight\[2\]` to be a finite number ≥ 0 .*Received: -3$/],
    [ys, {...classWeight, 5: Number.NaN}, /`classWeight\[5\]` to be .*Received: NaN$/],
    [multiHot, classWeight, /`classWeight`.*row \d+ of the labels holds several classes/],
    [tf.fill([12], 6, 'int32'), classWeight, /integers in 0 … 5 \(5 = background\). Received: 6 in row 0/],
    [tf.zeros([12, 9]), classWeight, /`yTrue`/],
  ];
  for (const [y, weights, message] of cases) {
    const data = rows(xs, y, 12);
    const tensors = tf.memory().numTensors;
    const options = {epochs: 1, verbose: 0, classWeight: weights} as const;
    await t.throwsAsync(model.fit(xs, y, options as never), {message, name: 'ValueError'});
    t.is(tf.memory().numTensors, tensors, `fit ${message}`);
    await t.throwsAsync(model.fitDataset(data, options as never), {message, name: 'ValueError'});
    t.is(tf.memory().numTensors, tensors, `fitDataset ${message}`);
  }
  t.deepEqual(state(), before);
  // The model still works.
  t.notThrows(() => model.evaluate(xs, ys));
  await t.notThrowsAsync(model.fit(xs, ys, {epochs: 1, verbose: 0, classWeight}));
});

test.serial('a model with objects of this package refuses negative weights, whatever its loss', async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(6);
  const hot = tf.oneHot(ys, CLASSES + 1).slice([0, 0], [-1, CLASSES]);
  const weights = {0: 1, 1: 1, 2: 1, 3: -0.5, 4: 1};
  const options = {epochs: 1, verbose: 0, classWeight: weights} as const;
  const message = /`classWeight\[3\]` to be a finite number ≥ 0 for output 'logits'. Received: -0.5$/;
  const fits = (model: tf.LayersModel) => [
    () => model.fit(xs, hot, options),
    () => model.fitDataset(rows(xs, hot, 3), options as never),
  ];
  for (const compiled of [
    {loss: new Squares() as never},
    {loss: 'meanSquaredError', metrics: [new BalancedAccuracy() as never]},
  ]) {
    const model = smallModel();
    model.compile({optimizer: tf.train.sgd(0.1), ...compiled});
    const before = weightsOf(model);
    for (const train of fits(model)) await t.throwsAsync(train(), {message, name: 'ValueError'});
    t.deepEqual(weightsOf(model), before);
  }
  // Plain TensorFlow.js models are left alone.
  const plain = smallModel();
  plain.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError'});
  for (const train of fits(plain)) await t.notThrowsAsync(train());
});

test.serial('boxes: refuses classWeight, as samples hold several labels', async (t) => {
  await useBackend('cpu');
  const model = tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [4, 2]})]});
  model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0, freqInfo: [0.1, 0.1, 0.1]})});
  const x = tf.zeros([2, 4, 2]);
  for (const y of [tf.zeros([2, 4], 'int32'), tf.zeros([2, 4, 3])]) {
    await t.throwsAsync(model.fit(x, y, {verbose: 0, classWeight: {0: 1, 1: 1, 2: 1}}), {
      message: /Expected `classWeight` to be left out for output .*\[batch, 4, 3\]/,
    });
  }
});

test.serial('a batch trained during fitDataset is not weighted', async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(8);
  const model = smallModel();
  model.compile({optimizer: tf.train.sgd(0), loss: eql()});
  const wanted = await model.trainOnBatch(xs, ys);
  const seen: unknown[] = [];
  const data = rows(xs, ys, 4);
  const before = tf.memory().numTensors;
  const onBatchBegin = async () => void seen.push(await model.trainOnBatch(xs, ys));
  const {history} = await model.fitDataset(data, {
    epochs: 2,
    verbose: 0,
    classWeight,
    callbacks: {onBatchBegin},
  } as never);
  t.deepEqual(seen, [wanted, wanted, wanted, wanted]);
  t.true((history.loss[0] as number) > 2 * (wanted as number));
  t.is(tf.memory().numTensors, before);
});

test.serial(
  'refuses two concurrent trainings like tfjs, and the first continues with its weights',
  async (t) => {
    await useBackend('cpu');
    const {xs, ys} = smallData(8);
    const model = smallModel();
    model.compile({optimizer: tf.train.sgd(0), loss: eql()});
    const alone = await model.fitDataset(rows(xs, ys, 4), {epochs: 1, verbose: 0, classWeight} as never);
    const first = model.fitDataset(rows(xs, ys, 4), {epochs: 1, verbose: 0, classWeight} as never);
    const twos = Object.fromEntries(FACTORS.map((_, j) => [j, 2]));
    await t.throwsAsync(
      model.fitDataset(rows(xs, ys, 4), {epochs: 1, verbose: 0, classWeight: twos} as never),
      {
        message: /another fit\(\) call is ongoing/,
      },
    );
    t.deepEqual((await first).history, alone.history);
  },
);

test.serial('losses that accept one form of labels keep tfjs’s reading', async (t) => {
  await useBackend('cpu');
  const {xs} = smallData(3);
  const y = tf.tensor2d([
    [0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0],
    [0, 1, 0, 0, 0],
  ]);
  const weights = {0: 10, 1: 3};
  const values = [];
  for (const loss of [new Squares(), 'meanSquaredError']) {
    const model = smallModel();
    model.compile({optimizer: tf.train.sgd(0), loss});
    values.push((await model.fit(xs, y, {epochs: 1, verbose: 0, classWeight: weights})).history.loss[0]);
    await t.throwsAsync(model.fit(xs, y, {verbose: 0, classWeight: {0: 1}}), {
      message: /classWeight must contain all classes in the training data/,
    });
  }
  t.true(Math.abs((values[0] as number) - (values[1] as number)) < 1e-6);
});
