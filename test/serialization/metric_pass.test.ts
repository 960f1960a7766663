import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, Metric} from '../../src';
import {MetricPass} from '../../src/serialization/metric_pass';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, weightsOf} from '../helpers/models';

let cached: tf.Scalar;

test.before(async () => {
  await useBackend('cpu');
  cached = tf.scalar(3);
});

/** The number of samples so far, which is one of its totals. */
class Seen extends Metric {
  static readonly className: string = 'Seen';
  statistics(_: tf.Tensor, yPred: tf.Tensor): tf.Tensor[] {
    return [tf.scalar(yPred.shape[0])];
  }
  result([rows]: tf.Tensor[]): tf.Tensor {
    return rows;
  }
  getConfig() {
    return {};
  }
}

/** One value for each class. */
class PerClass extends Seen {
  static override readonly className = 'PerClass';
  override result(_: tf.Tensor[]) {
    return tf.zeros([CLASSES]);
  }
}

/** Returns statistics that outlive the batch. */
class Cached extends Seen {
  static override readonly className = 'Cached';
  override statistics(_yTrue: tf.Tensor, _yPred: tf.Tensor) {
    return [cached];
  }
}

const batch = (rows: number) => tf.zeros([rows, CLASSES]);

test.serial('a result that is a total is not shared', (t) => {
  const before = tf.memory().numTensors;
  for (const [metric, wanted] of [
    [new Seen(), [4, 10]],
    [new Cached(), [3, 6]],
  ] as const) {
    tf.tidy(() => {
      const pass = new MetricPass();
      const first = pass.add(0, metric, batch(4), batch(4));
      const second = pass.add(0, metric, batch(6), batch(6));
      t.deepEqual([first.dataSync()[0], second.dataSync()[0]], wanted);
      const result = pass.result(0) as tf.Tensor;
      first.dispose();
      second.dispose();
      result.dispose();
      t.is((pass.result(0) as tf.Tensor).dataSync()[0], wanted[1]);
      pass.clear();
      t.is(pass.result(0), undefined);
    });
    t.is(cached.dataSync()[0], 3);
  }
  t.is(tf.memory().numTensors, before);
});

test.serial('a result that is a total survives every entry point', async (t) => {
  const {xs, ys} = smallData(10);
  const model = smallModel();
  model.compile({
    optimizer: 'sgd',
    loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    metrics: [new Seen()],
  });
  await model.trainOnBatch(xs, ys);
  const rows = tf.data.zip({xs: tf.data.array(xs.arraySync()), ys: tf.data.array(ys.arraySync())}).batch(4);
  const before = tf.memory().numTensors;
  const options = {epochs: 2, verbose: 0} as const;
  const {history} = await model.fit(xs, ys, {...options, batchSize: 4, validationData: [xs, ys]});
  const byDataset = await model.fitDataset(rows as never, {...options, validationData: rows as never});
  for (const {Seen: epochs, val_Seen: validated} of [history, byDataset.history]) {
    t.deepEqual(
      [epochs, validated],
      [
        [10, 10],
        [10, 10],
      ],
    );
  }
  const evaluations = [
    model.evaluate(xs, ys, {batchSize: 3}),
    await model.evaluateDataset(rows as never, {}),
  ];
  for (const values of evaluations as tf.Scalar[][]) t.is(values[1].dataSync()[0], 10);
  tf.dispose(evaluations);
  t.is(tf.memory().numTensors, before);
});

test.serial(
  'refuses a result that is not a scalar before weights change, in every entry point',
  async (t) => {
    const {xs, ys} = smallData(10);
    const model = smallModel();
    model.compile({
      optimizer: tf.train.sgd(0.5),
      loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
      metrics: [new PerClass()],
    });
    const before = weightsOf(model);
    const message = /Expected `PerClass.result\(\)` to be a scalar.*Received: tensor of shape \[5\]/;
    const rows = tf.data.zip({xs: tf.data.array(xs.arraySync()), ys: tf.data.array(ys.arraySync())}).batch(4);
    await t.throwsAsync(model.fit(xs, ys, {epochs: 1, verbose: 0}), {message, name: 'ValueError'});
    await t.throwsAsync(model.fitDataset(rows as never, {epochs: 1, verbose: 0}), {message});
    await t.throwsAsync(model.trainOnBatch(xs, ys), {message});
    await t.throwsAsync(model.evaluateDataset(rows as never, {}), {message});
    t.throws(() => model.evaluate(xs, ys), {message});
    t.deepEqual(weightsOf(model), before);
  },
);

/** One value for each row of the batch. */
class PerRow extends Seen {
  static override readonly className = 'PerRow';
  override statistics(_: tf.Tensor, yPred: tf.Tensor) {
    return [tf.scalar(1), ...tf.unstack(tf.ones([yPred.shape[0]]))];
  }
}

/** Rows of the batch, as a vector. */
class Wide extends Seen {
  static override readonly className = 'Wide';
  override statistics(_: tf.Tensor, yPred: tf.Tensor) {
    return [tf.ones([yPred.shape[0]])];
  }
  override result([rows]: tf.Tensor[]) {
    return tf.sum(rows);
  }
}

test.serial('refuses statistics that change in number or shape, and keeps the sums', (t) => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const pass = new MetricPass();
    const refused = (slot: number, metric: Metric, rows: number, shapes: string) =>
      t.throws(() => pass.add(slot, metric, batch(rows), batch(rows)), {
        name: 'ValueError',
        message: new RegExp(
          `Expected \`${metric.name}.statistics\\(\\)\` to be tensors of the same shapes for every batch: ${shapes}\\. Received: `,
        ),
      });
    for (const rows of [2, 2]) pass.add(0, new PerRow(), batch(rows), batch(rows));
    refused(0, new PerRow(), 1, '\\[\\], \\[\\], \\[\\]');
    refused(0, new PerRow(), 3, '\\[\\], \\[\\], \\[\\]');
    pass.add(1, new Wide(), batch(2), batch(2));
    refused(1, new Wide(), 1, '\\[2\\]');
    t.is((pass.result(0) as tf.Tensor).dataSync()[0], 2);
    t.is((pass.result(1) as tf.Tensor).dataSync()[0], 2);
    pass.clear();
  });
  t.is(tf.memory().numTensors, before);
});

test.serial("a refused metric does not advance the loss's random draws", async (t) => {
  const {xs, ys} = smallData(10);
  const model = smallModel();
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.5, seed: 1});
  model.compile({optimizer: 'sgd', loss, metrics: [new Seen(), new PerClass()]});
  await t.throwsAsync(model.trainOnBatch(xs, ys), {message: /PerClass.result/});
  await t.throwsAsync(model.fit(xs, ys, {verbose: 0}), {message: /PerClass.result/});
  t.is(loss.getState().step, 0);
  model.compile({optimizer: 'sgd', loss, metrics: [new Seen()]});
  await model.trainOnBatch(xs, ys);
  t.is(loss.getState().step, 1);
});
