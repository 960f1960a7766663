import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, SoftmaxCrossEntropy} from '../../src';
import {contextOf, judgeBatches, namedModels} from '../../src/report/judged_batches';
import {useBackend} from '../helpers/backends';
import {freqInfo, twoHeads} from '../helpers/models';

test.before(() => useBackend('cpu'));

const echo = {predict: (xs: tf.Tensor) => tf.clone(xs)};

test('takes one model, a list or models by name; refuses objects without predict', (t) => {
  const names = (models: unknown) => namedModels(models as never).map(({name}) => name);
  t.deepEqual(names(echo), ['model']);
  t.deepEqual(names({a: echo, b: echo}), ['a', 'b']);
  t.deepEqual(names([{name: 'x', model: echo}]), ['x']);
  for (const wrong of [undefined, null, {}, [], [undefined], {a: null}, {a: {}}, 3]) {
    t.throws(() => names(wrong), {name: 'ValueError', message: /`models` to be a model with a method/});
  }
  const twice = [1, 2].map(() => ({name: 'x', model: echo}));
  t.throws(() => names(twice), {name: 'ValueError', message: /models of different names/});
});

test("reads a LayersModel's output from its loss, in each form that compile accepts", (t) => {
  const model = twoHeads();
  const logits = new SoftmaxCrossEntropy({ignoreLabel: 255});
  const probabilities = new EqualizationLoss({
    lambda: 0.05,
    freqInfo,
    fromLogits: false,
    requireBackground: false,
  });
  const told = (loss: unknown, output: number, options = {}) => {
    Object.assign(model, {loss});
    const {fromLogits, ignoreLabel} = contextOf(model, {output, ...options});
    return [fromLogits, ignoreLabel];
  };
  for (const loss of [[logits, probabilities], {a: logits, b: probabilities}]) {
    t.deepEqual(told(loss, 0), [true, 255]);
    t.deepEqual(told(loss, 1), [false, undefined]);
    t.deepEqual(told(loss, 1, {fromLogits: true, ignoreLabel: 4}), [true, 4]);
  }
  t.deepEqual(told(probabilities, 1), [false, undefined]);
  t.deepEqual(told(undefined, 0), [true, undefined]);
  t.is(contextOf(echo, {}).fromLogits, true);
});

async function judged(model: unknown, data: unknown, output?: number): Promise<number[][][]> {
  const seen: number[][][] = [];
  await judgeBatches([{name: 'm', model} as never], data as never, {output}, (_, yTrue, yPred) => {
    seen.push([Array.from(yTrue.dataSync()), yPred.shape]);
  });
  return seen;
}

test('finds labels and predictions of an output by index and by name, inputs by name', async (t) => {
  const xs = tf.ones([2, 4]);
  const [first, second] = [tf.tensor1d([0, 1], 'int32'), tf.tensor1d([2, 3], 'int32')];
  const model = twoHeads();
  for (const ys of [[first, second], {a: first, b: second}, {b: second, a: first}]) {
    t.deepEqual(await judged(model, {xs, ys}, 0), [
      [
        [0, 1],
        [2, 5],
      ],
    ]);
    t.deepEqual(await judged(model, {xs, ys}, 1), [
      [
        [2, 3],
        [2, 5],
      ],
    ]);
  }
  for (const inputs of [[xs], {[model.inputNames[0]]: xs}]) {
    t.deepEqual(await judged(model, {xs: inputs, ys: first}), [
      [
        [0, 1],
        [2, 5],
      ],
    ]);
  }
});

test('refuses a missing output and data without a batch', async (t) => {
  const xs = tf.ones([2, 4]);
  const ys = tf.tensor1d([0, 1], 'int32');
  const tensors = tf.memory().numTensors;
  for (const [data, output, message] of [
    [{xs, ys: [ys]}, 1, /`data.ys` to be tensors, one for output 1/],
    [{xs, ys: {other: 3}}, 0, /`data.ys` to be tensors, one for output 0/],
    [{xs, ys: [ys, ys, ys]}, 2, /`models` to be tensors, one for output 2/],
    [tf.data.array([] as never[]), 0, /`data` to be data of at least one batch/],
  ] as const) {
    const model = twoHeads();
    await t.throwsAsync(judged(model, data, output), {name: 'ValueError', message});
    model.dispose();
  }
  t.is(tf.memory().numTensors, tensors);
});

test.serial('refuses model names that are not strings, and named inputs that are not tensors', async (t) => {
  t.throws(() => namedModels([{name: 3, model: echo}] as never), {
    name: 'ValueError',
    message: /`models\[0\]\.name` to be a string\. Received: 3/,
  });
  const ys = tf.tensor1d([0, 1], 'int32');
  const model = twoHeads();
  for (const xs of [{other: tf.ones([2, 4])}, {[model.inputNames[0]]: 3}]) {
    await t.throwsAsync(judged(model, {xs, ys}), {
      name: 'ValueError',
      message: /`data\.xs\.\w+` to be a tensor/,
    });
  }
  await t.throwsAsync(judged(model, {xs: 3, ys}), {message: /`data\.xs` to be an object/});
});
