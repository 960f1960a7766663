import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {denseLabels, parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {hot, labelTensors} from '../helpers/loss_cases';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`labels of one logit are the same in every shape and dtype (${backend})`, async (t) => {
    await useBackend(backend);
    const labels = [1, 0, 0, 1];
    for (const lead of [[4], [2, 2], [4, 1]]) {
      for (const dtype of ['int32', 'float32', 'bool'] as const) {
        for (const shape of [lead, [...lead, 1]]) {
          const parsed = parseLabels(tf.tensor(labels, shape, dtype), tf.zeros([...lead, 1]));
          t.deepEqual(Array.from(denseLabels(parsed).dataSync()), labels);
        }
      }
      const columns = tf.tensor(
        labels.flatMap((y) => [y, 1 - y]),
        [...lead, 2],
      );
      t.deepEqual(Array.from(denseLabels(parseLabels(columns, tf.zeros([...lead, 1]))).dataSync()), labels);
    }
  });

  test.serial(`one logit rejects labels other than 0 … 1, in every shape (${backend})`, async (t) => {
    await useBackend(backend);
    for (const [wrong, shape] of [
      [2, [2]],
      [-1, [2, 1]],
      [255, [1, 2]],
      [Number.NaN, [2]],
    ] as const) {
      const yPred = tf.zeros(shape[0] === 1 ? [1, 2, 1] : [2, 1]);
      t.throws(() => parseLabels(tf.tensor([1, wrong], [...shape]), yPred), {
        name: 'ValueError',
        message: `Expected \`yTrue\` to hold values in 0 … 1. Received: ${wrong} in row 1`,
      });
    }
    const soft = parseLabels(tf.tensor1d([0.9, 0.1]), tf.zeros([2, 1]));
    t.deepEqual(Array.from(soft.values.dataSync()), Array.from(Float32Array.of(0.9, 0.1)));
  });
}

test('parsed labels are rows, whatever the leading dimensions', (t) => {
  const parse = (shape: number[], background?: boolean) =>
    parseLabels(tf.zeros(shape), tf.zeros([2, 5, 3]), background);
  const common = {rows: 10, classes: 3, background: true};
  for (const [shape, form, rowShape] of [
    [[2, 5, 3], 'multiHot', [10, 3]],
    [[2, 5, 4], 'multiHotWithBackground', [10, 4]],
    [[2, 5], 'index', [10]],
    [[2, 5, 1], 'index', [10]],
  ] as const) {
    const {values, ...rest} = parse([...shape]);
    t.deepEqual(rest, {...common, form});
    t.deepEqual(values.shape, [...rowShape]);
  }
  t.false(parse([2, 5], false).background);
});

test('a background column where background is impossible, and anything but tensors, is rejected', (t) => {
  const yPred = tf.zeros([2, 3]);
  t.throws(() => parseLabels(tf.zeros([2, 4]), yPred, false), {
    name: 'ValueError',
    message: /`yTrue` to be labels without a background column.*Received: tensor of shape \[2, 4\]/,
  });
  t.throws(() => parseLabels([0, 1] as never, yPred), {
    name: 'ValueError',
    message: 'Expected `yTrue` to be a tensor. Received: [0, 1]',
  });
  t.throws(() => parseLabels(yPred, undefined as never), {
    name: 'ValueError',
    message: 'Expected `yPred` to be a tensor. Received: undefined',
  });
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`dense labels are the same from every form (${backend})`, async (t) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const batches = fc.integer({min: 1, max: 4}).chain((classes) =>
      fc.record({
        classes: fc.constant(classes),
        labels: fc.array(fc.integer({min: 0, max: classes}), {maxLength: 5}),
        boxes: fc.constantFrom([], [1]),
      }),
    );
    fc.assert(
      fc.property(batches, ({classes, labels, boxes}) =>
        tf.tidy(() => {
          const lead = [labels.length, ...boxes];
          for (const [name, yTrue] of labelTensors(labels, lead, classes)) {
            const dense = denseLabels(parseLabels(yTrue, tf.zeros([...lead, classes])));
            t.is(dense.dtype, 'float32', name);
            t.deepEqual(dense.shape, [labels.length, classes], name);
            t.deepEqual(Array.from(dense.dataSync()), hot(labels, classes), name);
          }
        }),
      ),
      {numRuns: 30},
    );
    t.is(tf.memory().numTensors, before);
  });
}

test.serial('soft labels stay unchanged', async (t) => {
  await useBackend('cpu');
  const soft = [0.25, 0.75, 0, 0];
  const column = tf.tensor2d([...soft.slice(0, 2), 0.5, ...soft.slice(2), 1], [2, 3]);
  t.deepEqual(
    Array.from(denseLabels(parseLabels(tf.tensor2d(soft, [2, 2]), tf.zeros([2, 2]))).dataSync()),
    soft,
  );
  t.deepEqual(Array.from(denseLabels(parseLabels(column, tf.zeros([2, 2]))).dataSync()), soft);
});

test.serial('an integer out of range is rejected if labels can be read', async (t) => {
  await useBackend('cpu');
  const rows = (values: number[], background: boolean) =>
    denseLabels(parseLabels(tf.tensor1d(values), tf.zeros([values.length, 2]), background)).arraySync();
  for (const wrong of [3, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    t.throws(() => rows([0, 1, wrong], true), {
      name: 'ValueError',
      message: `Expected \`yTrue\` to hold integers in 0 … 2 (2 = background). Received: ${wrong} in row 2`,
    });
  }
  t.throws(() => rows([2], false), {
    message: 'Expected `yTrue` to hold integers in 0 … 1. Received: 2 in row 0',
  });
});

test.serial('elsewhere an integer out of range makes only its own row NaN', async (t) => {
  await useGpuLikeBackend();
  const rows = (values: number[], background: boolean) =>
    (
      denseLabels(
        parseLabels(tf.tensor1d(values), tf.zeros([values.length, 2]), background),
      ).arraySync() as number[][]
    ).map((row) => (row.every(Number.isNaN) ? 'NaN' : row.join()));
  const values = [0, 1, 2, 3, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY];
  t.deepEqual(rows(values, true), ['1,0', '0,1', '0,0', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN']);
  t.deepEqual(rows(values, false), ['1,0', '0,1', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN']);
});
