import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {
  backgroundShare,
  copyRow,
  type HostLabels,
  hostLabels,
  type LabelValues,
  labelAt,
} from '../../src/labels/host_labels';
import {type Labels, parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {hot, labelTensors} from '../helpers/loss_cases';

const isForeground = (labels: HostLabels, row: number) => backgroundShare(labels, row) <= 0.5;

const LABELS = [0, 2, 3, 1];
const readLabels = (labels: Labels) => hostLabels(labels, labels.values.dataSync() as LabelValues);

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`every form is read as the same y and the same E (${backend})`, async (t) => {
    await useBackend(backend);
    for (const [form, yTrue] of labelTensors(LABELS, [4], 3)) {
      const labels = readLabels(parseLabels(yTrue, tf.zeros([4, 3])));
      const y = LABELS.map((_, row) => [0, 1, 2].map((j) => labelAt(labels, row, j)));
      t.deepEqual(y.flat(), hot(LABELS, 3), form);
      // Into a row that holds what stood there before.
      const copied = LABELS.map((_, row) => {
        const into = new Float64Array(3).fill(0.5);
        copyRow(labels, row, into);
        return [...into];
      });
      t.deepEqual(copied, y, form);
      t.deepEqual(
        LABELS.map((_, row) => isForeground(labels, row)),
        [true, true, false, true],
        form,
      );
      t.deepEqual(
        LABELS.map((_, row) => backgroundShare(labels, row)),
        [0, 0, 1, 0],
        form,
      );
    }
  });
}

test.serial('soft and boolean labels', async (t) => {
  await useBackend('cpu');
  const soft = readLabels(parseLabels(tf.tensor2d([0, 0.125, 0, 0.625], [2, 2]), tf.zeros([2, 2])));
  t.is(labelAt(soft, 0, 1), 0.125);
  t.deepEqual([isForeground(soft, 0), isForeground(soft, 1)], [false, true]);
  // What the background column holds makes no row foreground.
  const column = readLabels(parseLabels(tf.tensor2d([0, 0.5, 0.5, 0, 0, 1], [2, 3]), tf.zeros([2, 2])));
  t.deepEqual([isForeground(column, 0), isForeground(column, 1)], [true, false]);
  const flags = readLabels(parseLabels(tf.tensor2d([true, false], [1, 2], 'bool'), tf.zeros([1, 2])));
  t.deepEqual([labelAt(flags, 0, 0), labelAt(flags, 0, 1)], [1, 0]);
});

/** 1 − E of rows over two classes, with a background column or without. */
function sharesOf(rows: number[][], dtype: 'float32' | 'int32' = 'float32'): number[] {
  const shape: [number, number] = [rows.length, rows[0].length];
  const labels = readLabels(parseLabels(tf.tensor2d(rows.flat(), shape, dtype), tf.zeros([rows.length, 2])));
  return rows.map((_, row) => backgroundShare(labels, row));
}

test.serial('1 − E of soft rows, computed by hand', async (t) => {
  await useBackend('cpu');
  // What the classes lack to 1, if they do.
  const rows = [
    [0.25, 0.5],
    [0.75, 0.5],
    [0, 0],
    [0.125, 0],
  ];
  t.deepEqual(sharesOf(rows), [0.25, 0, 1, 0.875]);
  // The last column, but background alone where no class is positive.
  const columns = [
    [0.25, 0.5, 0.25],
    [0.25, 0, 0.25],
    [0, 0, 0.25],
    [0, 0, 0],
    [0.5, 0.25, 0],
  ];
  t.deepEqual(sharesOf(columns), [0.25, 0.25, 1, 1, 0]);
  // Several classes of a foreground image, mixed with a background image: three to one.
  t.deepEqual(sharesOf([[0.75, 0.75, 0.25]]), [0.25]);
  // A class next to background, hard and soft.
  t.deepEqual(sharesOf([[1, 0, 1]], 'int32'), [0]);
  t.deepEqual(sharesOf([[0.75, 0.25, 1]]), [0.25]);
});

test.serial('mixing two rows with a share mixes E by that share', async (t) => {
  await useBackend('cpu');
  const classes = 4;
  const width = classes + 1;
  const hotRow = fc.integer({min: 0, max: classes}).map((label) => hot([label], width));
  // Labels of one image: several classes, or background.
  const anyRow = fc
    .array(fc.constantFrom(0, 1), {minLength: classes, maxLength: classes})
    .map((y) => [...y, y.includes(1) ? 0 : 1]);
  const smooth = fc.constantFrom(0, 1 / 64, 1 / 4);
  // Shares whose products float32 holds.
  const share = fc.integer({min: 0, max: 64}).map((n) => n / 64);
  const E = (row: number[], form: 'multiHot' | 'multiHotWithBackground') => {
    const stride = form === 'multiHot' ? classes : width;
    const values = Float32Array.from(row.slice(0, stride));
    return 1 - backgroundShare({form, values, rows: 1, classes, stride}, 0);
  };
  const mix = (a: number, x: number[], y: number[]) => x.map((v, j) => a * v + (1 - a) * y[j]);
  fc.assert(
    fc.property(hotRow, hotRow, share, (x, y, a) => {
      for (const form of ['multiHot', 'multiHotWithBackground'] as const) {
        t.is(E(mix(a, x, y), form), a * E(x, form) + (1 - a) * E(y, form), `${form} ${x} ${y}`);
      }
    }),
  );
  fc.assert(
    fc.property(anyRow, anyRow, share, (x, y, a) => {
      const form = 'multiHotWithBackground';
      t.is(E(mix(a, x, y), form), a * E(x, form) + (1 - a) * E(y, form), `${x} ${y}`);
    }),
  );
  // Smoothing is a mixture as well, with the uniform distribution over classes and background.
  fc.assert(
    fc.property(hotRow, smooth, (x, s) => {
      const uniform = Array.from({length: width}, () => 1 / width);
      const form = 'multiHotWithBackground';
      const expected = (1 - s) * E(x, form) + s * (1 - 1 / width);
      t.true(Math.abs(E(mix(1 - s, x, uniform), form) - expected) < 1e-7);
    }),
  );
});

test('refuses to copy a row with values other than shares, naming row and value', (t) => {
  const labels = (width: number, values: number[]): HostLabels => ({
    form: width === 2 ? 'multiHot' : 'multiHotWithBackground',
    values: Float32Array.from(values),
    rows: values.length / width,
    classes: 2,
    stride: width,
  });
  const copy = (read: HostLabels, row: number) => copyRow(read, row, new Float64Array(2));
  t.throws(() => copy(labels(2, [1, 0, 0, 255]), 1), {name: 'ValueError', message: /Received: 255 in row 1/});
  t.throws(() => copy(labels(3, [0, 1, -1]), 0), {name: 'ValueError', message: /Received: -1 in row 0/});
  t.throws(() => copy({...labels(2, [1, 2]), firstRow: 40}, 0), {message: /Received: 2 in row 40/});
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
