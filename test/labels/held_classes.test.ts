import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {heldClasses} from '../../src/labels/held_classes';
import {parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {hot} from '../helpers/loss_cases';
import {ROWS, ROWS_WITH_BACKGROUND} from './held_rows';

const held = (labels: number[][], classes: number) =>
  tf.tidy(() => {
    const yTrue = tf.tensor2d(labels);
    return heldClasses(parseLabels(yTrue, tf.zeros([labels.length, classes]))).arraySync();
  });

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`the largest share wins, and background is the remainder to 1 (${backend})`, async (t) => {
    await useBackend(backend);
    t.deepEqual(
      held(
        ROWS.map(([y]) => y),
        3,
      ),
      ROWS.map(([, expected]) => expected),
    );
  });

  test.serial(`in [b, C + 1] the last column is the background share (${backend})`, async (t) => {
    await useBackend(backend);
    t.deepEqual(
      held(
        ROWS_WITH_BACKGROUND.map(([y]) => y),
        2,
      ),
      ROWS_WITH_BACKGROUND.map(([, expected]) => expected),
    );
  });

  test.serial(`one class: held from a share of one half on (${backend})`, async (t) => {
    await useBackend(backend);
    t.deepEqual(held([[0], [0.1], [0.49], [0.5], [0.9], [1]], 1), [[0], [0], [0], [1], [1], [1]]);
    t.deepEqual(
      held(
        [
          [0, 1],
          [0.4, 0.6],
          [0.5, 0.5],
          [1, 0],
          [0, 0],
        ],
        1,
      ),
      [[0], [0], [1], [1], [0]],
    );
  });

  test.serial(`property: smoothing hard labels changes nothing, in any shape (${backend})`, async (t) => {
    await useBackend(backend);
    const batches = fc.integer({min: 1, max: 5}).chain((classes) =>
      fc.record({
        classes: fc.constant(classes),
        labels: fc.array(fc.integer({min: 0, max: classes}), {minLength: 1, maxLength: 6}),
        smoothing: fc.constantFrom(0, 0.01, 0.1, 0.3),
        boxes: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(batches, ({classes, labels, smoothing, boxes}) => {
        const lead = boxes ? [1, labels.length] : [labels.length];
        for (const width of [classes, classes + 1]) {
          const values = hot(labels, width).map((y) => (1 - smoothing) * y + smoothing / width);
          const y = tf.tensor(values, [...lead, width]);
          const actual = tf.tidy(() =>
            Array.from(heldClasses(parseLabels(y, tf.zeros([...lead, classes]))).dataSync()),
          );
          y.dispose();
          t.deepEqual(actual, hot(labels, classes));
        }
      }),
      {numRuns: 60},
    );
  });
}

test.serial('values that are not shares and integers out of range are rejected', async (t) => {
  await useBackend('cpu');
  t.throws(
    () =>
      held(
        [
          [1, 0],
          [0, 255],
        ],
        2,
      ),
    {message: /hold values in 0 … 1. Received: 255 in row 1/},
  );
  t.throws(
    () =>
      held(
        [
          [1, 0, 0],
          [0, 0, -1],
        ],
        2,
      ),
    {message: /Received: -1 in row 1/},
  );
  t.throws(() => heldClasses(parseLabels(tf.tensor1d([1, 3]), tf.zeros([2, 2]))), {
    message: 'Expected `yTrue` to hold integers in 0 … 2 (2 = background). Received: 3 in row 1',
  });
});

test.serial('if integers cannot be read synchronously, one out of range makes its row NaN', async (t) => {
  await useGpuLikeBackend();
  t.deepEqual(heldClasses(parseLabels(tf.tensor1d([1, 3]), tf.zeros([2, 2]))).arraySync(), [
    [0, 1],
    [Number.NaN, Number.NaN],
  ]);
});

test.serial(
  'if labels cannot be read synchronously, a row with other values than shares is NaN',
  async (t) => {
    await useGpuLikeBackend();
    const nan = [Number.NaN, Number.NaN];
    t.deepEqual(
      held(
        [
          [1, 0],
          [0, 255],
          [Number.NaN, 1],
          [0.2, 0.7],
        ],
        2,
      ),
      [[1, 0], nan, nan, [0, 1]],
    );
    t.deepEqual(
      held(
        [
          [1, 0, 0],
          [0, 0, 2],
        ],
        2,
      ),
      [[1, 0], nan],
    );
  },
);
