import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {hostLabels, isForeground, type LabelValues, labelAt} from '../../../src/kernels/host/host_labels';
import {type Labels, parseLabels} from '../../../src/labels';
import {useBackend} from '../../helpers/backends';
import {hot, labelTensors} from '../../helpers/loss_cases';

const LABELS = [0, 2, 3, 1];
const readLabels = (labels: Labels) => hostLabels(labels, labels.values.dataSync() as LabelValues);

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`every form reads as the same y and the same E (${backend})`, async (t) => {
    await useBackend(backend);
    for (const [form, yTrue] of labelTensors(LABELS, [4], 3)) {
      const labels = readLabels(parseLabels(yTrue, tf.zeros([4, 3])));
      const y = LABELS.map((_, row) => [0, 1, 2].map((j) => labelAt(labels, row, j)));
      t.deepEqual(y.flat(), hot(LABELS, 3), form);
      t.deepEqual(
        LABELS.map((_, row) => isForeground(labels, row)),
        [true, true, false, true],
        form,
      );
    }
  });
}

test.serial('soft and boolean labels', async (t) => {
  await useBackend('cpu');
  const soft = readLabels(parseLabels(tf.tensor2d([0, 0.125, 0, 0], [2, 2]), tf.zeros([2, 2])));
  t.is(labelAt(soft, 0, 1), 0.125);
  t.deepEqual([isForeground(soft, 0), isForeground(soft, 1)], [true, false]);
  // What the background column holds makes no row foreground.
  const column = readLabels(parseLabels(tf.tensor2d([0, 0.5, 0.5, 0, 0, 1], [2, 3]), tf.zeros([2, 2])));
  t.deepEqual([isForeground(column, 0), isForeground(column, 1)], [true, false]);
  const flags = readLabels(parseLabels(tf.tensor2d([true, false], [1, 2], 'bool'), tf.zeros([1, 2])));
  t.deepEqual([labelAt(flags, 0, 0), labelAt(flags, 0, 1)], [1, 0]);
});

test.serial(
  'integers out of range are rejected, with their row; the range depends on background',
  async (t) => {
    await useBackend('cpu');
    const read = (values: number[], background: boolean) =>
      readLabels(parseLabels(tf.tensor1d(values), tf.zeros([values.length, 3]), background));
    t.notThrows(() => read([0, 1, 2, 3], true));
    t.notThrows(() => read([0, 1, 2], false));
    for (const [values, row] of [
      [[4], 0],
      [[0, -1], 1],
      [[0, 0, 1.5], 2],
      [[Number.NaN], 0],
      [[Number.POSITIVE_INFINITY], 0],
    ] as const) {
      t.throws(() => read([...values], true), {
        name: 'ValueError',
        message: `Expected \`yTrue\` to hold integers in 0 … 3 (3 = background). Received: ${values[row]} in row ${row}`,
      });
    }
    t.throws(() => read([0, 3], false), {
      name: 'ValueError',
      message: 'Expected `yTrue` to hold integers in 0 … 2. Received: 3 in row 1',
    });
  },
);
