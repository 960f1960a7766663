import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {BalancedAccuracy, EqualizationLoss, GroupAccuracy, Metric} from '../../src';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads} from '../helpers/models';

const GROUPS = {rare: [3, 4], common: [2, 1], frequent: [0]};
const metrics = () => [
  'accuracy',
  new GroupAccuracy({group: 'rare', freqInfo}),
  new GroupAccuracy({group: 'frequent', freqInfo}),
  new BalancedAccuracy(),
];

/** The metrics over all samples at once, in plain arrays. */
function expected(labels: ArrayLike<number>, logits: number[][]) {
  const predicted = logits.map((row) => row.indexOf(Math.max(...row)));
  const accuracy = (classes: number[]) => {
    const rows = Array.from(labels, (_, i) => i).filter((i) => classes.includes(labels[i]));
    return rows.filter((i) => predicted[i] === labels[i]).length / rows.length;
  };
  const all = [0, 1, 2, 3, 4];
  const recalls = all.map((j) => accuracy([j])).filter((recall) => !Number.isNaN(recall));
  return {
    acc: accuracy(all),
    rare_accuracy: accuracy(GROUPS.rare),
    frequent_accuracy: accuracy(GROUPS.frequent),
    balanced_accuracy: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
  };
}

function near(
  t: {true(value: boolean, message: string): void},
  actual: Record<string, number>,
  wanted: Record<string, number>,
) {
  for (const [name, value] of Object.entries(wanted)) {
    t.true(
      Object.is(actual[name], value) || Math.abs(actual[name] - value) <= 1e-6,
      `${name}: ${actual[name]}, not ${value}`,
    );
  }
}

/** lr = 0: every batch is evaluated with the final weights. */
function frozen(): tf.Sequential {
  const model = smallModel();
  model.compile({
    optimizer: tf.train.sgd(0),
    loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    metrics: metrics(),
  });
  return model;
}

const dataset = (xs: tf.Tensor2D, ys: tf.Tensor, batch: number) =>
  tf.data
    .zip({xs: tf.data.array(xs.arraySync()), ys: tf.data.array(ys.arraySync() as number[])})
    .batch(batch);

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `fit, fitDataset, evaluate and evaluateDataset report whole-pass values (${backend})`,
    async (t) => {
      await useBackend(backend);
      const model = frozen();
      await fc.assert(
        fc.asyncProperty(
          fc.integer({min: 1, max: 40}),
          fc.integer({min: 1, max: 17}),
          async (rows, batchSize) => {
            const {xs, ys} = smallData(rows);
            const logits = (model.predict(xs) as tf.Tensor2D).arraySync();
            const wanted = expected(ys.dataSync(), logits);
            const named = (values: tf.Scalar[]) =>
              Object.fromEntries(model.metricsNames.map((name, i) => [name, values[i].dataSync()[0]]));
            near(t, named(model.evaluate(xs, ys, {batchSize}) as tf.Scalar[]), wanted);
            const data = dataset(xs, ys, batchSize) as tf.data.Dataset<tf.TensorContainer>;
            near(t, named((await model.evaluateDataset(data as never, {})) as tf.Scalar[]), wanted);
            const logs: Array<Record<string, number>> = [];
            const onEpochEnd = async (_: number, values?: tf.Logs) =>
              void logs.push({...values} as Record<string, number>);
            const {history} = await model.fit(xs, ys, {
              batchSize,
              epochs: 2,
              validationData: [xs, ys],
              callbacks: {onEpochEnd},
              verbose: 0,
            });
            const byDataset = await model.fitDataset(data, {
              epochs: 2,
              validationData: data,
              verbose: 0,
              callbacks: {onEpochEnd},
            });
            for (const epoch of [0, 1]) {
              for (const reported of [history, byDataset.history]) {
                near(t, at(reported, '', epoch), wanted);
                near(t, at(reported, 'val_', epoch), wanted);
              }
            }
            for (const values of logs) near(t, values, wanted);
            tf.dispose([xs, ys]);
          },
        ),
        {numRuns: backend === 'cpu' ? 12 : 4},
      );
    },
  );
}

function at(history: tf.History['history'], prefix: string, epoch: number): Record<string, number> {
  const names = ['acc', 'rare_accuracy', 'frequent_accuracy', 'balanced_accuracy'];
  return Object.fromEntries(names.map((name) => [name, history[prefix + name][epoch] as number]));
}

test.serial('with several outputs, evaluation reports every value under its own name', async (t) => {
  await useBackend('cpu');
  const model = twoHeads();
  const loss = () => new EqualizationLoss({lambda: 0.05, freqInfo});
  const balanced = new BalancedAccuracy();
  model.compile({optimizer: tf.train.sgd(0), loss: {a: loss(), b: loss()}, metrics: [balanced]});
  const {xs, ys} = smallData(30);
  const other = tf.tensor1d(
    Array.from({length: 30}, (_, i) => (i * 2) % CLASSES),
    'int32',
  );
  const [a, b] = model.predict(xs) as tf.Tensor2D[];
  const values = (model.evaluate(xs, [ys, other], {batchSize: 7}) as tf.Scalar[]).map((v) => v.dataSync()[0]);
  const reported = Object.fromEntries(model.metricsNames.map((name, i) => [name, values[i]]));
  const alone = (y: tf.Tensor, z: tf.Tensor) => tf.mean(loss()(y, z)).dataSync()[0];
  near(t, reported, {
    a_balanced_accuracy: expected(ys.dataSync(), a.arraySync()).balanced_accuracy,
    b_balanced_accuracy: expected(other.dataSync(), b.arraySync()).balanced_accuracy,
  });
  const {history} = await model.fit(xs, [ys, other], {
    epochs: 1,
    batchSize: 7,
    validationData: [xs, [ys, other]],
    verbose: 0,
  });
  for (const losses of [
    reported,
    Object.fromEntries(Object.entries(history).map(([k, v]) => [k, v[0] as number])),
    Object.fromEntries(Object.entries(history).map(([k, v]) => [k.replace(/^val_/, ''), v[0] as number])),
  ]) {
    t.true(Math.abs(losses.a_loss - alone(ys, a)) < 1e-5);
    t.true(Math.abs(losses.b_loss - alone(other, b)) < 1e-5);
    t.true(Math.abs(losses.loss - alone(ys, a) - alone(other, b)) < 1e-5);
  }
});

test.serial(
  'an evaluation in the middle of an epoch does not affect it, and passes may overlap',
  async (t) => {
    await useBackend('cpu');
    const model = frozen();
    const {xs, ys} = smallData(30);
    const few = {xs: xs.slice([0, 0], [4, 4]), ys: ys.slice(0, 4)};
    const wanted = expected(ys.dataSync(), (model.predict(xs) as tf.Tensor2D).arraySync());
    const wantedOfFew = expected(few.ys.dataSync(), (model.predict(few.xs) as tf.Tensor2D).arraySync());
    const onBatchEnd = async () => tf.dispose(model.evaluate(few.xs, few.ys));
    const {history} = await model.fit(xs, ys, {batchSize: 8, epochs: 1, callbacks: {onBatchEnd}, verbose: 0});
    near(t, at(history, '', 0), wanted);
    const evaluations = await Promise.all([
      model.evaluateDataset(dataset(xs, ys, 3) as never, {}),
      model.evaluateDataset(dataset(few.xs, few.ys, 1) as never, {}),
    ]);
    const [all, some] = evaluations.map((values) =>
      Object.fromEntries(
        model.metricsNames.map((name, i) => [name, (values as tf.Scalar[])[i].dataSync()[0]]),
      ),
    );
    near(t, all, wanted);
    near(t, some, wantedOfFew);
  },
);

test.serial('a batch trained in the middle of an epoch does not affect it', async (t) => {
  await useBackend('cpu');
  const model = frozen();
  const {xs, ys} = smallData(30);
  const few = {xs: xs.slice([0, 0], [4, 4]), ys: ys.slice(0, 4)};
  const logits = (model.predict(xs) as tf.Tensor2D).arraySync();
  const alone: number[][] = [];
  const before = tf.memory().numTensors;
  const onBatchEnd = async () => void alone.push((await model.trainOnBatch(few.xs, few.ys)) as number[]);
  const {history} = await model.fit(xs, ys, {batchSize: 8, epochs: 2, callbacks: {onBatchEnd}, verbose: 0});
  t.is(tf.memory().numTensors, before);
  for (const epoch of [0, 1]) near(t, at(history, '', epoch), expected(ys.dataSync(), logits));
  const wanted = expected(few.ys.dataSync(), logits.slice(0, 4));
  for (const [, acc] of alone) near(t, {acc}, {acc: wanted.acc});
});

test.serial('early stopping, initialEpoch and batchesPerEpoch see whole-pass values', async (t) => {
  await useBackend('cpu');
  const model = frozen();
  const {xs, ys} = smallData(30);
  const wanted = expected(ys.dataSync(), (model.predict(xs) as tf.Tensor2D).arraySync());
  const {history} = await model.fit(xs, ys, {
    batchSize: 8,
    epochs: 9,
    initialEpoch: 2,
    validationData: [xs, ys],
    callbacks: tf.callbacks.earlyStopping({monitor: 'val_rare_accuracy', mode: 'max'}),
    verbose: 0,
  });
  // Nothing changes at a learning rate of 0, so the second epoch is the last.
  t.is(history.rare_accuracy.length, 2);
  near(t, at(history, '', 1), wanted);
  const byDataset = await model.fitDataset(dataset(xs, ys, 10).repeat() as never, {
    epochs: 2,
    batchesPerEpoch: 3,
    validationData: [xs, ys],
    verbose: 0,
  });
  for (const epoch of [0, 1]) near(t, at(byDataset.history, '', epoch), wanted);
  near(t, at(byDataset.history, 'val_', 1), wanted);
});

test.serial('batch logs hold the value over the epoch so far', async (t) => {
  await useBackend('cpu');
  const model = frozen();
  const {xs, ys} = smallData(24);
  const logits = (model.predict(xs) as tf.Tensor2D).arraySync();
  const seen: Array<Record<string, number>> = [];
  const onBatchEnd = async (_: number, logs?: tf.Logs) => void seen.push({...logs} as Record<string, number>);
  await model.fit(xs, ys, {batchSize: 8, epochs: 1, shuffle: false, callbacks: {onBatchEnd}, verbose: 0});
  seen.forEach((logs, i) => {
    near(t, logs, expected(ys.slice(0, 8 * (i + 1)).dataSync(), logits.slice(0, 8 * (i + 1))));
  });
  t.is(seen.length, 3);
});

test.serial("reports a user's own metric over the whole pass too", async (t) => {
  await useBackend('cpu');
  class LargestLogit extends Metric {
    static readonly className = 'LargestLogit';
    statistics(_: tf.Tensor, yPred: tf.Tensor) {
      return [tf.sum(tf.cast(tf.greater(yPred, 0), 'float32')), tf.scalar(yPred.size)];
    }
    result([positive, all]: tf.Tensor[]) {
      return tf.sqrt(tf.div(positive, all));
    }
    getConfig() {
      return {};
    }
  }
  const model = smallModel();
  model.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError', metrics: [new LargestLogit()]});
  const {xs} = smallData(23);
  const y = tf.zeros([23, CLASSES]);
  const logits = (model.predict(xs) as tf.Tensor2D).dataSync();
  const wanted = Math.sqrt(logits.filter((z) => z > 0).length / logits.length);
  const {history} = await model.fit(xs, y, {batchSize: 5, epochs: 1, verbose: 0});
  near(t, {value: history.LargestLogit[0] as number}, {value: wanted});
});
