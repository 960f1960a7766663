import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {heldClasses, heldClassesOfRow} from '../../src/labels/held_classes';
import {readLabels} from '../../src/labels/host_labels';
import {parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {ROWS, ROWS_WITH_BACKGROUND} from './held_rows';

test.before(() => useBackend('cpu'));

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

test.serial('a row in memory holds the same classes as the tensors', (t) => {
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
