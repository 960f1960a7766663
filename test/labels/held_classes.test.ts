import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {heldClasses, heldClassesOfRow} from '../../src/labels/held_classes';
import {readLabels} from '../../src/labels/host_labels';
import {parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {hot} from '../helpers/loss_cases';

const held = (labels: number[][], classes: number) =>
  tf.tidy(() => {
    const yTrue = tf.tensor2d(labels);
    return heldClasses(parseLabels(yTrue, tf.zeros([labels.length, classes]))).arraySync();
  });

type Row = [labels: number[], held: number[]];

const ROWS: Row[] = [
  [
    [0.9, 0.05, 0.05],
    [1, 0, 0],
  ],
  [
    [0.05, 0.05, 0.9],
    [0, 0, 1],
  ],
  [
    [0.34, 0.33, 0.33],
    [1, 0, 0],
  ],
  // Ties: the first class, and a class before background.
  [
    [0.5, 0.5, 0],
    [1, 0, 0],
  ],
  [
    [0, 0.5, 0],
    [0, 1, 0],
  ],
  [
    [1 / 3, 1 / 3, 0],
    [1, 0, 0],
  ],
  [
    [0.3, 0.2, 0.1],
    [0, 0, 0],
  ],
  [
    [0.4, 0.1, 0.1],
    [1, 0, 0],
  ],
  [
    [0.033, 0.033, 0.033],
    [0, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  // More than 1: several classes.
  [
    [1, 1, 0],
    [1, 1, 0],
  ],
  [
    [0.95, 0.95, 0.05],
    [1, 1, 0],
  ],
  [
    [0.5, 0.51, 0.51],
    [0, 1, 1],
  ],
  [
    [0.4, 0.4, 0.4],
    [0, 0, 0],
  ],
  // Rounded sums are still distributions.
  [
    [0.6, 0.4005, 0],
    [1, 0, 0],
  ],
  [
    [1.0000001, 0, -1e-8],
    [1, 0, 0],
  ],
];

const ROWS_WITH_BACKGROUND: Row[] = [
  [
    [0.9, 0.05, 0.05],
    [1, 0],
  ],
  [
    [0.99, 0, 0.01],
    [1, 0],
  ],
  [
    [0.01, 0.01, 0.98],
    [0, 0],
  ],
  [
    [0.3, 0.2, 0.5],
    [0, 0],
  ],
  [
    [0.5, 0, 0.5],
    [1, 0],
  ],
  [
    [0.4, 0.4, 0.2],
    [1, 0],
  ],
  [
    [0, 0, 1],
    [0, 0],
  ],
  [
    [0, 1, 0],
    [0, 1],
  ],
  // No share at all: no class.
  [
    [0, 0, 0],
    [0, 0],
  ],
  // More than 1: several classes, whatever the last column says.
  [
    [1, 1, 0],
    [1, 1],
  ],
  [
    [1, 0, 1],
    [1, 0],
  ],
  [
    [0.6, 0.1, 0.6],
    [1, 0],
  ],
];

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

test.serial('a row in memory holds the classes that the largest share and background leave', (t) => {
  for (const [rows, classes] of [
    [ROWS, 3],
    [ROWS_WITH_BACKGROUND, 2],
  ] as const) {
    const labels = tf.tensor2d(rows.map(([y]) => y));
    const read = readLabels(parseLabels(labels, tf.zeros([rows.length, classes])));
    for (const [row, [y, expected]] of rows.entries()) {
      const classesOfRow = expected.flatMap((value, j) => (value === 1 ? [j] : []));
      t.deepEqual(heldClassesOfRow(read, row), classesOfRow, `${y}`);
    }
  }
});

test.serial('a row in memory holds the same classes as the tensors', async (t) => {
  await useBackend('cpu');
  const share = fc.constantFrom(0, 0.1, 0.25, 0.3, 0.5, 0.5004, 0.6, 0.9, 1);
  fc.assert(
    fc.property(fc.array(fc.array(share, {minLength: 4, maxLength: 4}), {minLength: 1}), (rows) => {
      for (const classes of [4, 3]) {
        tf.tidy(() => {
          const labels = parseLabels(tf.tensor2d(rows), tf.zeros([rows.length, classes]));
          const dense = heldClasses(labels).arraySync() as number[][];
          const read = readLabels(labels);
          const expected = dense.map((row) => row.flatMap((y, j) => (y === 1 ? [j] : [])));
          t.deepEqual(
            rows.map((_, row) => heldClassesOfRow(read, row)),
            expected,
          );
        });
      }
    }),
    {numRuns: 100},
  );
  const index = readLabels(parseLabels(tf.tensor1d([2, 3], 'int32'), tf.zeros([2, 3])));
  t.deepEqual([heldClassesOfRow(index, 0), heldClassesOfRow(index, 1)], [[2], []]);
});
