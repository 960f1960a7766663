import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, LogitAdjustedLoss, SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads, weightsOf} from '../helpers/models';

const ROWS = 11;
const WEIGHTS = Array.from({length: ROWS}, (_, i) => [0, 1, 2.5, 0.25, 4][i % 5]);
const LABELS = Array.from({length: ROWS}, (_, i) => (i * 3) % CLASSES);
const PRIORS = Array.from(freqInfo.imageCounts, (count) => Math.log(count / 237));

type Row = (z: number[], label: number) => number;

const softmaxLoss = (z: number[], label: number) => {
  const most = Math.max(...z);
  return most + Math.log(z.reduce((sum, value) => sum + Math.exp(value - most), 0)) - z[label];
};

/** Losses in float64, in plain arrays. */
const cases: Record<string, {loss: unknown; labels: 'integers' | 'one-hot'; of: Row}> = {
  'an object of ours': {
    loss: () => new LogitAdjustedLoss({freqInfo}),
    labels: 'integers',
    of: (z, label) =>
      softmaxLoss(
        z.map((value, j) => value + PRIORS[j]),
        label,
      ),
  },
  'a name': {
    loss: () => 'meanSquaredError',
    labels: 'one-hot',
    of: (z, label) => z.reduce((sum, value, j) => sum + (value - Number(j === label)) ** 2, 0) / CLASSES,
  },
  'a function of one value per sample': {
    loss: () => (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.sum(tf.squaredDifference(yTrue, yPred), -1),
    labels: 'one-hot',
    of: (z, label) => z.reduce((sum, value, j) => sum + (value - Number(j === label)) ** 2, 0),
  },
  'a function of one value per sample and class': {
    loss: () => (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.squaredDifference(yTrue, yPred),
    labels: 'one-hot',
    of: (z, label) => z.reduce((sum, value, j) => sum + (value - Number(j === label)) ** 2, 0) / CLASSES,
  },
};

const labelsAs = (form: 'integers' | 'one-hot') =>
  form === 'integers'
    ? tf.tensor1d(LABELS, 'int32')
    : (tf.oneHot(tf.tensor1d(LABELS, 'int32'), CLASSES).toFloat() as tf.Tensor);

const inputs = () => smallData(ROWS).xs;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function batches(xs: tf.Tensor, ys: tf.Tensor, weights: number[] | undefined, size: number) {
  const parts = {
    xs: tf.data.array(xs.arraySync() as number[][]),
    ys: tf.data.array(ys.arraySync() as number[]),
    ...(weights && {sampleWeight: tf.data.array(weights)}),
  };
  return tf.data.zip(parts as never).batch(size) as tf.data.Dataset<never>;
}

const numbers = (values: tf.Scalar | tf.Scalar[]) => [values].flat().map((value) => value.dataSync()[0]);

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [name, {loss, labels, of}] of Object.entries(cases)) {
    test.serial(`Σ w_i · loss_i / n in every entry point: ${name} (${backend})`, async (t) => {
      await useBackend(backend);
      const [xs, ys] = [inputs(), labelsAs(labels)];
      const model = smallModel();
      const rows = (model.predict(xs) as tf.Tensor2D).arraySync().map((z, i) => of(z, LABELS[i]));
      const wanted = mean(rows.map((value, i) => value * WEIGHTS[i]));
      const compile = () =>
        model.compile({optimizer: tf.train.sgd(0), loss: (loss as () => string)(), metrics: ['accuracy']});
      compile();
      const accuracy = numbers(model.evaluate(xs, ys) as tf.Scalar[])[1];
      const sampleWeight = tf.tensor1d(WEIGHTS);
      const isClose = (actual: unknown, expected: number, of: string) =>
        t.true(
          Math.abs((actual as number) - expected) < 2e-6 * Math.max(1, expected),
          `${of}: ${actual}, not ${expected}`,
        );
      const before = tf.memory().numTensors;
      for (const validationData of [
        [xs, ys, sampleWeight],
        [xs, ys],
      ] as never[]) {
        const {history} = await model.fit(xs, ys, {
          epochs: 2,
          batchSize: 4,
          verbose: 0,
          sampleWeight,
          validationData,
        });
        isClose(history.loss[1], wanted, 'fit');
        isClose(history.acc[0], accuracy, 'metrics are not weighted');
        isClose(
          history.val_loss[1],
          (validationData as unknown[]).length === 3 ? wanted : mean(rows),
          'validation of fit',
        );
      }
      const options = {batchSize: 4, sampleWeight};
      const evaluated = model.evaluate(xs, ys, options) as tf.Scalar[];
      isClose(numbers(evaluated)[0], wanted, 'evaluate');
      isClose(numbers(evaluated)[1], accuracy, 'metrics of evaluate');
      tf.dispose(evaluated);
      const dataset = batches(xs, ys, WEIGHTS, 4);
      const {history} = await model.fitDataset(dataset, {
        epochs: 2,
        verbose: 0,
        validationData: [xs, ys, sampleWeight] as never,
      });
      isClose(history.loss[1], wanted, 'fitDataset');
      isClose(history.acc[0], accuracy, 'metrics of fitDataset');
      isClose(history.val_loss[1], wanted, 'validation of fitDataset');
      const validated = await model.fitDataset(dataset, {
        epochs: 1,
        verbose: 0,
        validationData: dataset as never,
      });
      isClose(validated.history.val_loss[0], wanted, 'a dataset for validation');
      const byDataset = (await model.evaluateDataset(dataset, {})) as tf.Scalar[];
      isClose(numbers(byDataset)[0], wanted, 'evaluateDataset');
      tf.dispose(byDataset);
      const trainOnBatch = model.trainOnBatch.bind(model) as (...args: unknown[]) => Promise<number[]>;
      isClose((await trainOnBatch(xs, ys, sampleWeight))[0], wanted, 'trainOnBatch');
      isClose(
        (await trainOnBatch(xs, ys))[0],
        mean(rows),
        'trainOnBatch without weights, on the same tensors',
      );
      t.is(tf.memory().numTensors, before);
    });
  }

  test.serial(`a weighted step equals a step on samples repeated as often (${backend})`, async (t) => {
    await useBackend(backend);
    const times = LABELS.map((_, i) => i % 4);
    const total = times.reduce((sum, n) => sum + n, 0);
    const repeated = tf.tensor1d(
      times.flatMap((n, i) => Array.from({length: n}, () => i)),
      'int32',
    );
    const [xs, ys] = [inputs(), tf.tensor1d(LABELS, 'int32')];
    const train = async (rate: number, trainIt: (model: tf.LayersModel) => Promise<unknown>) => {
      const model = smallModel();
      model.compile({optimizer: tf.train.sgd(rate), loss: new SoftmaxCrossEntropy()});
      await trainIt(model);
      return weightsOf(model).flat();
    };
    const options = {epochs: 3, batchSize: 64, verbose: 0} as const;
    const wanted = await train((0.5 * total) / ROWS, (model) =>
      model.fit(tf.gather(xs, repeated), tf.gather(ys, repeated), options),
    );
    const weighed = await train(0.5, (model) =>
      model.fit(xs, ys, {...options, sampleWeight: tf.tensor1d(times)}),
    );
    const byDataset = await train(0.5, (model) =>
      model.fitDataset(batches(xs, ys, times, 64), {epochs: 3, verbose: 0}),
    );
    t.true(wanted.every((value, i) => Math.abs(value - weighed[i]) < 1e-5));
    t.true(wanted.every((value, i) => Math.abs(value - byDataset[i]) < 1e-5));
    const plain = await train(0.5, (model) => model.fit(xs, ys, options));
    t.true(wanted.some((value, i) => Math.abs(value - plain[i]) > 1e-3));
  });
}

test.serial("multiplies with classWeight, for our losses and TensorFlow.js's", async (t) => {
  await useBackend('cpu');
  const classWeight = {0: 3, 1: 1, 2: 0.5, 3: 7, 4: 2} as Record<number, number>;
  for (const name of ['an object of ours', 'a name'] as const) {
    const {loss, labels, of} = cases[name];
    const [xs, ys] = [inputs(), labelsAs(labels)];
    const model = smallModel();
    const rows = (model.predict(xs) as tf.Tensor2D).arraySync().map((z, i) => of(z, LABELS[i]));
    const wanted = mean(rows.map((value, i) => value * WEIGHTS[i] * classWeight[LABELS[i]]));
    model.compile({optimizer: tf.train.sgd(0), loss: (loss as () => string)()});
    const options = {epochs: 1, verbose: 0, classWeight} as const;
    const before = tf.memory().numTensors;
    const sampleWeight = new Float32Array(WEIGHTS) as never;
    const fitted = await model.fit(xs, ys, {...options, batchSize: 4, sampleWeight});
    const byDataset = await model.fitDataset(batches(xs, ys, WEIGHTS, 4), options as never);
    for (const {history} of [fitted, byDataset]) {
      t.true(
        Math.abs((history.loss[0] as number) - wanted) < 1e-5 * wanted,
        `${name}: ${history.loss[0]}, not ${wanted}`,
      );
    }
    t.is(tf.memory().numTensors, before);
  }
});

test.serial('a validation split takes its weights with it', async (t) => {
  await useBackend('cpu');
  const {loss, of} = cases['an object of ours'];
  const [xs, ys] = [inputs(), labelsAs('integers')];
  const model = smallModel();
  const weighed = (model.predict(xs) as tf.Tensor2D).arraySync().map((z, i) => of(z, LABELS[i]) * WEIGHTS[i]);
  model.compile({optimizer: tf.train.sgd(0), loss: (loss as () => string)()});
  const before = tf.memory().numTensors;
  const {history} = await model.fit(xs, ys, {
    epochs: 1,
    batchSize: 3,
    verbose: 0,
    validationSplit: 0.36,
    sampleWeight: WEIGHTS as never,
  });
  t.true(Math.abs((history.loss[0] as number) - mean(weighed.slice(0, 7))) < 1e-5);
  t.true(Math.abs((history.val_loss[0] as number) - mean(weighed.slice(7))) < 1e-5);
  t.is(tf.memory().numTensors, before);
});

test.serial('several outputs: takes one for all, arrays and dictionaries', async (t) => {
  await useBackend('cpu');
  const [xs, ys] = [inputs(), labelsAs('integers')];
  const oneHot = labelsAs('one-hot');
  const other = WEIGHTS.map((weight) => 1 / (1 + weight));
  for (const loss of [
    {a: new SoftmaxCrossEntropy(), b: 'meanSquaredError'},
    {a: tf.losses.softmaxCrossEntropy, b: 'meanSquaredError'},
  ]) {
    const isOurs = loss.a instanceof SoftmaxCrossEntropy;
    const model = twoHeads();
    const [a, b] = (model.predict(xs) as tf.Tensor2D[]).map((z) => z.arraySync());
    const losses = {
      a: a.map((z, i) => softmaxLoss(z, LABELS[i])),
      b: b.map((z, i) => cases['a name'].of(z, LABELS[i])),
    };
    const perSample = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
      tf.neg(tf.sum(tf.mul(yTrue, tf.logSoftmax(yPred as tf.Tensor2D)), -1));
    model.compile({optimizer: tf.train.sgd(0), loss: (isOurs ? loss : {...loss, a: perSample}) as never});
    const targets = [isOurs ? ys : oneHot, oneHot];
    const by = (weights: number[] | null, values: number[]) =>
      mean(values.map((value, i) => value * (weights?.[i] ?? 1)));
    for (const [sampleWeight, ofA, ofB] of [
      [WEIGHTS, WEIGHTS, WEIGHTS],
      [[WEIGHTS, other], WEIGHTS, other],
      [[null, other], null, other],
      [{b: tf.tensor2d(other, [ROWS, 1])}, null, other],
      [{a: new Float32Array(WEIGHTS), b: Int32Array.from(WEIGHTS)}, WEIGHTS, WEIGHTS.map(Math.trunc)],
    ] as Array<[never, number[] | null, number[] | null]>) {
      const wanted = [by(ofA, losses.a) + by(ofB, losses.b), by(ofA, losses.a), by(ofB, losses.b)];
      const {history} = await model.fit(xs, targets, {epochs: 1, batchSize: 5, verbose: 0, sampleWeight});
      const actual = ['loss', 'a_loss', 'b_loss'].map((key) => history[key][0] as number);
      t.true(
        wanted.every((value, i) => Math.abs(value - actual[i]) < 1e-5),
        `${actual}, not ${wanted}`,
      );
      const evaluated = numbers(
        model.evaluate(xs, targets, {batchSize: 5, sampleWeight} as never) as tf.Scalar[],
      );
      // Plain models keep TensorFlow.js's order.
      const shown = isOurs ? evaluated : [evaluated[1], ...evaluated.slice(2)];
      t.true(
        wanted.every((value, i) => Math.abs(value - shown[i]) < 1e-5),
        `evaluate: ${evaluated}, not ${wanted}`,
      );
    }
  }
});

test.serial(
  'refuses wrong weights before anything changes, naming the argument and leaving no tensor',
  async (t) => {
    await useBackend('cpu');
    const [xs, ys] = [inputs(), labelsAs('integers')];
    const model = smallModel();
    model.compile({
      optimizer: tf.train.sgd(0.1),
      loss: new SoftmaxCrossEntropy(),
      metrics: [new BalancedAccuracy()],
    });
    const before = weightsOf(model);
    const trainOnBatch = model.trainOnBatch.bind(model) as (...args: unknown[]) => Promise<number[]>;
    const replaced = (weight: unknown) => WEIGHTS.map((value, i) => (i === 3 ? weight : value));
    const wrong: Array<[unknown, RegExp]> = [
      [replaced(Number.NaN), /Expected `sampleWeight` to hold finite numbers ≥ 0. Received: NaN of sample 3/],
      [replaced(-1), /Received: -1 of sample 3/],
      [tf.tensor1d(replaced(Number.POSITIVE_INFINITY) as number[]), /Received: Infinity of sample 3/],
      [WEIGHTS.slice(1), /Expected `sampleWeight` to be one weight for each of the 11 samples/],
      [tf.ones([ROWS, 2]), /Expected `sampleWeight` to be one weight per sample, \[batch\] or \[batch, 1\]/],
      [tf.scalar(1), /`sampleWeight`/],
      [tf.fill([ROWS], 'a'), /`sampleWeight`/],
      [2, /`sampleWeight`/],
      [replaced('1'), /`sampleWeight`/],
      [{lgoits: WEIGHTS}, /Expected `sampleWeight` to be by the names of the outputs: logits/],
    ];
    for (const [sampleWeight, message] of wrong) {
      const tensors = tf.memory().numTensors;
      const expected = {message, name: 'ValueError'};
      await t.throwsAsync(model.fit(xs, ys, {verbose: 0, sampleWeight: sampleWeight as never}), expected);
      await t.throwsAsync(
        model.fit(xs, ys, {verbose: 0, validationData: [xs, ys, sampleWeight] as never}),
        expected,
      );
      await t.throwsAsync(trainOnBatch(xs, ys, sampleWeight), expected);
      t.throws(() => model.evaluate(xs, ys, {sampleWeight: sampleWeight as never}), expected);
      t.is(tf.memory().numTensors, tensors, String(message));
    }
    for (const weights of [replaced(Number.NaN), replaced(-1)] as number[][]) {
      const dataset = batches(xs, ys, weights, 11);
      const tensors = tf.memory().numTensors;
      await t.throwsAsync(model.fitDataset(dataset, {epochs: 1, verbose: 0}), {
        message: /`sampleWeight`.*of sample 3/,
      });
      await t.throwsAsync(model.evaluateDataset(dataset, {}), {message: /`sampleWeight`.*of sample 3/});
      t.is(tf.memory().numTensors, tensors);
    }
    t.deepEqual(weightsOf(model), before);
    await t.notThrowsAsync(model.fit(xs, ys, {epochs: 1, verbose: 0}));
  },
);

test.serial('refuses validation data of neither two nor three parts like tfjs', async (t) => {
  await useBackend('cpu');
  const [xs, ys] = [inputs(), labelsAs('one-hot')];
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: tf.losses.softmaxCrossEntropy});
  for (const validationData of [[xs], [xs, ys, null, null], [xs, ys, tf.tensor1d(WEIGHTS), null]]) {
    await t.throwsAsync(model.fit(xs, ys, {verbose: 0, validationData: validationData as never}), {
      message: /it must contain 2 \(valX, valY\) or 3/,
    });
  }
});

test.serial('refuses a loss without a value per sample, including a scalar', async (t) => {
  await useBackend('cpu');
  const [xs, ys] = [inputs(), labelsAs('one-hot')];
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: tf.losses.softmaxCrossEntropy});
  const message = /Expected `loss` to be a function of one value per sample, \[11\], to go with sampleWeight/;
  await t.throwsAsync(model.fit(xs, ys, {verbose: 0, sampleWeight: tf.tensor1d(WEIGHTS)}), {message});
  t.throws(() => model.evaluate(xs, ys, {sampleWeight: tf.tensor1d(WEIGHTS)}), {message});
});

test.serial("boxes: a sample's weight multiplies the mean over its boxes", async (t) => {
  await useBackend('cpu');
  const model = tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [4, 2]})]});
  model.compile({
    optimizer: tf.train.sgd(0),
    loss: new EqualizationLoss({lambda: 0, freqInfo: [0.1, 0.1, 0.1]}),
  });
  const xs = tf.randomNormal([3, 4, 2], 0, 1, 'float32', 1);
  const labels = [0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 3, 2];
  const rows = (model.predict(xs) as tf.Tensor3D).reshape([12, 3]).arraySync() as number[][];
  const losses = rows.map((z, r) =>
    z.reduce((sum, value, j) => sum + Math.log1p(Math.exp(labels[r] === j ? -value : value)), 0),
  );
  const wanted = mean([2, 0, 5].map((weight, i) => weight * mean(losses.slice(4 * i, 4 * i + 4))));
  const {history} = await model.fit(xs, tf.tensor2d(labels, [3, 4], 'int32'), {
    epochs: 1,
    verbose: 0,
    sampleWeight: tf.tensor1d([2, 0, 5]),
  });
  t.true(Math.abs((history.loss[0] as number) - wanted) < 1e-5);
});

test.serial(
  'batches and evaluations without weights are not weighted during a weighted training',
  async (t) => {
    await useBackend('cpu');
    const [xs, ys] = [inputs(), labelsAs('integers')];
    const model = smallModel();
    model.compile({optimizer: tf.train.sgd(0), loss: new SoftmaxCrossEntropy()});
    const wanted = (await model.trainOnBatch(xs, ys)) as number;
    const seen: number[] = [];
    const callbacks = {
      onBatchEnd: async () => {
        seen.push(
          (await model.trainOnBatch(xs, ys)) as number,
          numbers(model.evaluate(xs, ys) as tf.Scalar)[0],
        );
      },
    };
    const validationData = [xs, ys, WEIGHTS] as never;
    await model.fit(xs, ys, {
      epochs: 1,
      verbose: 0,
      batchSize: 8,
      sampleWeight: WEIGHTS as never,
      validationData,
      callbacks,
    });
    await model.fitDataset(batches(xs, ys, WEIGHTS, 8), {epochs: 1, verbose: 0, validationData, callbacks});
    t.is(seen.length, 8);
    for (const value of seen) t.true(Math.abs(value - wanted) < 1e-6);
  },
);
