import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {foregroundShare} from '../../src/labels/foreground_share';
import {denseLabels, parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {foregroundShare as closedForm} from '../helpers/closed_form';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {labelTensors, softLabels} from '../helpers/loss_cases';

test.before(() => useBackend('cpu'));

const sharesOf = (yTrue: tf.Tensor, shape: number[]) =>
  tf.tidy(() => {
    const labels = parseLabels(yTrue, tf.zeros(shape));
    return Array.from(foregroundShare(labels, denseLabels(labels)).dataSync());
  });

test('hard labels of every form and dtype: 1 for a class, 0 for background', (t) => {
  for (const [form, yTrue] of labelTensors([0, 3, 2], [3], 3)) {
    t.deepEqual(sharesOf(yTrue, [3, 3]), [1, 0, 1], form);
  }
  t.deepEqual(
    sharesOf(
      tf.tensor2d(
        [
          [1, 1, 0],
          [0, 0, 0],
        ],
        [2, 3],
        'bool',
      ),
      [2, 3],
    ),
    [1, 0],
  );
});

test('it is a column, which can multiply rows of any width', (t) => {
  for (const width of [3, 4]) {
    const labels = parseLabels(tf.zeros([2, width]), tf.zeros([2, 3]));
    t.deepEqual(foregroundShare(labels, denseLabels(labels)).shape, [2, 1]);
  }
});

test('soft rows, computed by hand', (t) => {
  const columns = [
    [0.25, 0, 0.75],
    [0.25, 0, 0.25],
    [0.25, 0, 0.875],
    [0.75, 0.75, 0.25],
    [1, 0, 1],
    [0, 0, 0.25],
  ];
  t.deepEqual(sharesOf(tf.tensor2d(columns), [6, 2]), [0.25, 0.75, 0.25, 0.75, 1, 0]);
  const classes = columns.map((row) => row.slice(0, 2));
  t.deepEqual(sharesOf(tf.tensor2d(classes), [6, 2]), [0.25, 0.25, 0.25, 1, 1, 0]);
});

test('soft rows of any kind match the definition', (t) => {
  const [rows, classes] = [3, 4];
  fc.assert(
    fc.property(softLabels(rows * (classes + 1)), fc.boolean(), (values, column) => {
      const width = column ? classes + 1 : classes;
      const labels = values.slice(0, rows * width);
      const shares = sharesOf(tf.tensor2d(labels, [rows, width]), [rows, classes]);
      for (const [row, share] of shares.entries()) {
        const y = labels.slice(row * width, row * width + classes);
        const background = column ? labels[row * width + classes] : undefined;
        t.true(Math.abs(share - closedForm(y, background)) < 1e-6);
      }
    }),
  );
});

test.serial('a label out of range is rejected, or makes its row NaN if labels cannot be read', async (t) => {
  t.throws(() => sharesOf(tf.tensor1d([0, 3, 2]), [3, 2]), {message: /Received: 3 in row 1$/});
  await useGpuLikeBackend();
  t.deepEqual(sharesOf(tf.tensor1d([0, 3, 2]), [3, 2]).map(Number.isNaN), [false, true, false]);
  await useBackend('cpu');
});
