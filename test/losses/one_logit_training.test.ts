import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';

const LOGIT = 3;
const labels = [1, 1, 1, 1, 1, 1, 1, 0];
/** −y·log σ(z) − (1 − y)·log(1 − σ(z)). */
const crossEntropy = (y: number) => Math.log1p(Math.exp(y === 1 ? -LOGIT : LOGIT));
const expected = labels.reduce((sum, y) => sum + crossEntropy(y), 0) / labels.length;

// λ = 1.5 selects the class, but a negative is background, which spares nothing.
const lossOf = (fromLogits: boolean, lambda: number) =>
  new EqualizationLoss({lambda, freqInfo: [0.5], fromLogits});

function compiled(fromLogits: boolean, lambda: number, boxes: number[]) {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        inputShape: [...boxes, 2],
        biasInitializer: tf.initializers.constant({value: LOGIT}),
        activation: fromLogits ? undefined : 'sigmoid',
      }),
    ],
  });
  model.compile({optimizer: tf.train.sgd(0), loss: lossOf(fromLogits, lambda)});
  return model;
}

const number = async (value: unknown) =>
  typeof value === 'number' ? value : ([value].flat()[0] as tf.Scalar).dataSync()[0];

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `one logit: every entry point reads 1 as positive and 0 as negative (${backend})`,
    async (t) => {
      await useBackend(backend);
      for (const fromLogits of [true, false]) {
        for (const lambda of [0, 1.5]) {
          for (const [lead, boxes] of [
            [[8], []],
            [[4, 2], [2]],
          ]) {
            for (const shape of [lead, [...lead, 1]]) {
              for (const dtype of ['int32', 'float32'] as const) {
                const model = compiled(fromLogits, lambda, boxes);
                const xs = tf.zeros([...lead, 2]);
                const ys = tf.tensor(labels, shape, dtype);
                const dataset = tf.data.generator(function* () {
                  yield {xs: xs.clone(), ys: ys.clone()};
                } as never) as tf.data.Dataset<tf.TensorContainer>;
                const options = {epochs: 1, verbose: 0 as const};
                const values = [
                  (await model.fit(xs, ys, {...options, batchSize: 8})).history.loss[0],
                  (await model.fitDataset(dataset, options)).history.loss[0],
                  model.evaluate(xs, ys),
                  await model.evaluateDataset(dataset as never, {}),
                  await model.trainOnBatch(xs, ys),
                  tf.mean(lossOf(fromLogits, lambda)(ys, model.predict(xs) as tf.Tensor)),
                ];
                for (const value of values) {
                  const what = `${await number(value)}, not ${expected}: [${shape}], ${dtype}, λ = ${lambda}`;
                  t.true(Math.abs((await number(value)) - expected) < 1e-5, what);
                }
                model.dispose();
              }
            }
          }
        }
      }
    },
  );

  test.serial(`one logit: a label of 2 or 255 is rejected by every entry point (${backend})`, async (t) => {
    await useBackend(backend);
    const model = compiled(true, 0, []);
    const xs = tf.zeros([2, 2]);
    for (const wrong of [2, -1, 255]) {
      for (const shape of [[2], [2, 1]]) {
        const ys = tf.tensor([1, wrong], shape, 'int32');
        const dataset = tf.data.generator(function* () {
          yield {xs: xs.clone(), ys: ys.clone()};
        } as never) as tf.data.Dataset<tf.TensorContainer>;
        const message = `Expected \`yTrue\` to hold values in 0 … 1. Received: ${wrong} in row 1`;
        await t.throwsAsync(model.fit(xs, ys, {epochs: 1, verbose: 0, shuffle: false}), {message});
        await t.throwsAsync(model.fitDataset(dataset, {epochs: 1, verbose: 0}), {message});
        t.throws(() => model.evaluate(xs, ys), {message});
        await t.throwsAsync(model.evaluateDataset(dataset as never, {}), {message});
        await t.throwsAsync(model.trainOnBatch(xs, ys), {message});
        t.throws(() => lossOf(true, 0)(ys, tf.zeros([2, 1])), {message});
      }
    }
  });
}
