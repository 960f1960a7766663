import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {BalancedAccuracy, EqualizationLoss, Loss, SoftmaxEqualizationLoss} from '../../src';
import {perSampleLosses} from '../../src/serialization/output_losses';
import {useBackend} from '../helpers/backends';
import {sigmoidClosedForm, softmaxClosedForm} from '../helpers/closed_form';
import {weightsOf} from '../helpers/models';

const C = 5;
const FREQUENCIES = [0.5, 0.2, 0.1, 0.001, 0.005];
const LAMBDA = 0.01;
const TAIL = FREQUENCIES.map((f) => (f < LAMBDA ? 1 : 0));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

class SquaredError extends Loss {
  static readonly className = 'SquaredErrorOfBoxes';
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.sum(tf.squaredDifference(yTrue, yPred), -1); // [batch, boxes]
  }
  getConfig() {
    return {};
  }
}

/** Each loss in plain arrays, over boxes of 4 numbers. */
const boxLosses: Record<string, {loss: unknown; of: (difference: number[]) => number}> = {
  'a name': {loss: 'meanSquaredError', of: (d) => mean(d.map((x) => x * x))},
  'a function of [batch, boxes]': {
    loss: (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.abs(tf.sub(a, b)), -1),
    of: (d) => 4 * mean(d.map(Math.abs)),
  },
  'a function of [batch, boxes, 4]': {
    loss: (a: tf.Tensor, b: tf.Tensor) => tf.squaredDifference(a, b),
    of: (d) => mean(d.map((x) => x * x)),
  },
  'a function that returns a scalar': {
    loss: (a: tf.Tensor, b: tf.Tensor) => tf.mean(tf.abs(tf.sub(a, b))),
    of: (d) => mean(d.map(Math.abs)),
  },
  'a loss object': {loss: new SquaredError(), of: (d) => 4 * mean(d.map((x) => x * x))},
  'a function of TensorFlow.js': {
    loss: tf.losses.absoluteDifference,
    of: (d) => mean(d.map(Math.abs)),
  },
};

function detector(boxes: number, boxFirst = false): tf.LayersModel {
  const input = tf.input({shape: [boxes, 6]});
  const head = (name: string, units: number, seed: number) =>
    tf.layers
      .dense({units, name, kernelInitializer: tf.initializers.randomNormal({seed})})
      .apply(input) as tf.SymbolicTensor;
  const outputs = [head('cls', C, 1), head('box', 4, 2)];
  return tf.model({inputs: input, outputs: boxFirst ? outputs.reverse() : outputs});
}

function data(batch: number, boxes: number) {
  const labels = Array.from({length: batch * boxes}, (_, i) => (i * 7) % C);
  return {
    x: tf.randomNormal([batch, boxes, 6], 0, 1, 'float32', 3),
    labels,
    classes: tf.oneHot(tf.tensor1d(labels, 'int32'), C).reshape([batch, boxes, C]).toFloat(),
    corners: tf.randomNormal([batch, boxes, 4], 0, 1, 'float32', 4),
  };
}

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [name, {loss: box, of}] of Object.entries(boxLosses)) {
    test.serial(
      `a class head beside ${name}: the total is the sum of both means, in every entry point (${backend})`,
      async (t) => {
        await useBackend(backend);
        // With boxes = batch, tfjs broadcasts silently; 7 samples leave a last batch of 1.
        for (const [samples, boxes, batchSize] of [
          [4, 3, 4],
          [6, 3, 3],
          [7, 3, 3],
          [4, 1, 2],
        ]) {
          const {x, labels, classes, corners} = data(samples, boxes);
          const model = detector(boxes);
          const [z, b] = model.predict(x) as tf.Tensor[];
          const dense = Array.from(classes.dataSync());
          const rows = sigmoidClosedForm({predictions: z.dataSync(), labels: dense, tail: TAIL}).rowLosses;
          const differences = b.sub(corners).reshape([-1, 4]).arraySync() as number[][];
          const wanted = {cls_loss: mean(rows), box_loss: mean(differences.map(of))};
          const cls = new EqualizationLoss({lambda: LAMBDA, freqInfo: FREQUENCIES});
          model.compile({optimizer: tf.train.sgd(0), loss: {cls, box} as never});
          const integers = tf.tensor(labels, [samples, boxes], 'int32');
          const near = (values: Record<string, unknown>, where: string) => {
            const all = {...wanted, loss: wanted.cls_loss + wanted.box_loss};
            for (const [key, value] of Object.entries(all)) {
              const actual = [values[key]].flat()[0] as number;
              t.true(Math.abs(actual - value) < 2e-5 * value, `${where} ${key}: ${actual}, not ${value}`);
            }
          };
          const named = (values: number[]) =>
            Object.fromEntries(model.metricsNames.map((key, i) => [key, values[i]]));
          for (const y of [classes, integers]) {
            const {history} = await model.fit(x, [y, corners], {epochs: 1, batchSize, verbose: 0});
            near(history, 'fit');
            const elements = tf.data
              .zip({
                xs: tf.data.array(x.unstack()),
                ys: tf.data.zip({cls: tf.data.array(y.unstack()), box: tf.data.array(corners.unstack())}),
              })
              .batch(batchSize);
            near((await model.fitDataset(elements as never, {epochs: 1, verbose: 0})).history, 'fitDataset');
            near(named((await model.trainOnBatch(x, [y, corners])) as number[]), 'trainOnBatch');
            const read = (values: unknown) => (values as tf.Scalar[]).map((value) => value.dataSync()[0]);
            near(named(read(model.evaluate(x, [y, corners], {batchSize}))), 'evaluate');
            near(named(read(await model.evaluateDataset(elements as never, {}))), 'evaluateDataset');
          }
        }
      },
    );
  }
}

test.serial('each head is trained only by its own loss', async (t) => {
  await useBackend('cpu');
  const {x, classes, corners} = data(3, 3);
  for (const boxFirst of [false, true]) {
    const model = detector(3, boxFirst);
    const softmax = () => new SoftmaxEqualizationLoss({lambda: LAMBDA, freqInfo: FREQUENCIES, gamma: 1});
    model.compile({optimizer: tf.train.sgd(0.3), loss: {cls: softmax(), box: 'meanSquaredError'} as never});
    await model.trainOnBatch(x, boxFirst ? [corners, classes] : [classes, corners]);
    // tfjs itself, one head at a time.
    for (const [name, y, loss] of [
      ['cls', classes, softmax()],
      ['box', corners, 'meanSquaredError'],
    ] as const) {
      const whole = detector(3);
      const alone = tf.model({
        inputs: whole.inputs,
        outputs: whole.getLayer(name).output as tf.SymbolicTensor,
      });
      alone.compile({optimizer: tf.train.sgd(0.3), loss});
      await alone.trainOnBatch(x, y);
      const wanted = weightsOf(alone).flat();
      const actual = model
        .getLayer(name)
        .getWeights()
        .flatMap((weight) => Array.from(weight.dataSync()));
      t.true(wanted.every((value, i) => Math.abs(value - actual[i]) < 1e-6));
    }
  }
});

test.serial('SoftmaxEqualizationLoss in evaluation beside boxes is plain cross entropy', async (t) => {
  await useBackend('cpu');
  const {x, classes, corners} = data(4, 3);
  const model = detector(3);
  const cls = new SoftmaxEqualizationLoss({lambda: LAMBDA, freqInfo: FREQUENCIES});
  model.compile({optimizer: 'sgd', loss: {cls, box: 'meanAbsoluteError'} as never});
  const z = (model.predict(x) as tf.Tensor[])[0].dataSync();
  const {rowLosses} = softmaxClosedForm({
    predictions: z,
    labels: Array.from(classes.dataSync()),
    tail: [0, 0, 0, 0, 0],
  });
  const [, loss] = (model.evaluate(x, [classes, corners]) as tf.Scalar[]).map((v) => v.dataSync()[0]);
  t.true(Math.abs(loss - mean(rowLosses)) < 1e-5);
});

test.serial('classWeight weights a loss of [batch, boxes] sample by sample', async (t) => {
  await useBackend('cpu');
  // Four boxes, one of which holds the object: tfjs reads the label as one-hot.
  const labels = [2, 0, 2, 1];
  const x = tf.randomNormal([4, 6], 0, 1, 'float32', 5);
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 4).toFloat();
  const model = tf.sequential({layers: [tf.layers.dense({units: 4, inputShape: [6]})]});
  const squares = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.squaredDifference(yTrue, yPred); // [batch, boxes]
  model.compile({optimizer: tf.train.sgd(0), loss: squares, metrics: [new BalancedAccuracy()]});
  const rows = (model.predict(x) as tf.Tensor2D).sub(y).square().mean(1).dataSync();
  const classWeight = {0: 10, 1: 5, 2: 1, 3: 7};
  const wanted = mean(labels.map((label, i) => rows[i] * classWeight[label as 0 | 1 | 2]));
  const {history} = await model.fit(x, y, {epochs: 1, verbose: 0, classWeight});
  t.true(Math.abs((history.loss[0] as number) - wanted) < 1e-5 * wanted);
});

test.serial('takes the mean over further dimensions, whatever the shape', async (t) => {
  await useBackend('cpu');
  const shapes = fc.array(fc.integer({min: 1, max: 4}), {minLength: 1, maxLength: 4});
  fc.assert(
    fc.property(shapes, (shape) => {
      const values = tf.randomUniform(shape, -1, 1, 'float32', 1);
      const yPred = tf.zeros([shape[0], 2]);
      const actual = perSampleLosses((a) => a, values, yPred, true);
      const all = values.dataSync();
      const size = all.length / shape[0];
      const wanted = Array.from({length: shape[0]}, (_, i) =>
        mean(Array.from(all.subarray(i * size, (i + 1) * size))),
      );
      t.deepEqual(actual.shape, [shape[0]]);
      t.true(wanted.every((value, i) => Math.abs(value - actual.dataSync()[i]) < 1e-6));
    }),
  );
});

test.serial('samples without boxes have no loss', async (t) => {
  for (const backend of ['cpu', 'wasm'] as const) {
    await useBackend(backend);
    const losses = perSampleLosses((a) => a, tf.zeros([3, 0]), tf.zeros([3, 0, 4]), false);
    t.deepEqual(Array.from(losses.dataSync()), [0, 0, 0]);
  }
});

test.serial('refuses weights for a loss without a value per sample', async (t) => {
  await useBackend('cpu');
  const yPred = tf.zeros([4, 2]);
  const values = tf.tensor1d([1, 2]);
  t.deepEqual(Array.from(perSampleLosses((a) => a, values, yPred, false).dataSync()), [1.5]);
  const message = /Expected `loss` to be a function of one value per sample, \[4\].*classWeight/;
  t.throws(() => perSampleLosses((a) => a, values, yPred, true), {message});
  t.throws(() => perSampleLosses(new SquaredError(), tf.scalar(1), yPred, true), {message});
  t.is(perSampleLosses((a) => a, tf.scalar(2), yPred, true).dataSync()[0], 2);
});
