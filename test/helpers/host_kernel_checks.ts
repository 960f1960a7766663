import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {drawsOf} from '../../src/kernels/losses/draws';
import {sigmoidFamilyLoss} from '../../src/kernels/losses/sigmoid_family';
import {softmaxFamilyLoss} from '../../src/kernels/losses/softmax_family';
import type {Suppression} from '../../src/kernels/losses/suppression';
import {parseLabels} from '../../src/labels/labels';
import {sigmoidClosedForm, softmaxClosedForm} from './closed_form';
import {hot, labelTensors} from './loss_cases';
import {difference} from './pass_cases';
import {upstream} from './passes';

type Family = 'sigmoid' | 'softmax';
const FAMILIES: Family[] = ['sigmoid', 'softmax'];

const CLASSES = 14;
const LABELS = [0, 13, 5, 2, 12];
const ROWS = LABELS.length;
const tail = Float64Array.from({length: CLASSES}, (_, j) => (j % 3 === 1 ? 1 : 0));
const LOGITS = Float32Array.from({length: ROWS * CLASSES}, (_, i) => 6 * Math.sin(i * i));

function lossOf(family: Family, yTrue: tf.Tensor, suppression: Suppression = {tail, beta: 1}) {
  return (z: tf.Tensor) =>
    tf.tidy(() => {
      const labels = parseLabels(yTrue, z, family === 'sigmoid');
      return family === 'sigmoid'
        ? sigmoidFamilyLoss(z, labels, suppression, true)
        : softmaxFamilyLoss(z, labels, suppression);
    });
}

function closedForm(family: Family, predictions: ArrayLike<number>, labels: number[], rare = tail) {
  const form = family === 'sigmoid' ? sigmoidClosedForm : softmaxClosedForm;
  return form({predictions, labels: hot(labels, rare.length), tail: rare});
}

const batch = (rows = ROWS, dy = upstream(rows)) => ({
  z: tf.tensor2d(LOGITS.subarray(0, rows * CLASSES), [rows, CLASSES]),
  y: tf.tensor1d(LABELS.slice(0, rows), 'int32'),
  dy: tf.tensor1d(dy),
});

/** Batches whose gradients are computed as they are, or times 1 / 4, which is what a mean asks for, or not. */
const UPSTREAMS = [upstream(5), upstream(4), [0.25, 0.25, 0.25, 0.25]];

const same = (t: ExecutionContext, actual: tf.Tensor, expected: ArrayLike<number>, what: string) =>
  t.is(difference(actual.dataSync(), expected, 1e-6), undefined, what);

/** The gradient is that of the losses times what comes from above, once, twice, and through ops on either side. */
function checkUpstream(t: ExecutionContext): void {
  for (const family of FAMILIES) for (const dy of UPSTREAMS) checkUpstreamOf(t, family, dy);
}

function checkUpstreamOf(t: ExecutionContext, family: Family, factors: number[]): void {
  const rows = factors.length;
  const logits = LOGITS.slice(0, rows * CLASSES);
  const {z, y, dy} = batch(rows, factors);
  const expected = closedForm(family, logits, LABELS.slice(0, rows));
  const loss = lossOf(family, y);
  const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => loss(x))([z], dy);
  same(t, value, expected.rowLosses, family);
  const gradient = Array.from(expected.gradient, (x, i) => x * factors[Math.floor(i / CLASSES)]);
  same(t, grads[0], gradient, family);
  same(t, loss(z), expected.rowLosses, `${family}, without a gradient`);
  // Logits that an op has made, and a loss that another op takes.
  const chained = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(dy, loss(tf.div(x, 2)))))(tf.mul(z, 2));
  same(
    t,
    chained,
    gradient.map((x) => x / 2),
    `${family}, chained`,
  );
  // Memory that an op owns is read, not written.
  const made = tf.mul(z, 1);
  same(t, tf.grads((x: tf.Tensor) => loss(x))([made], dy)[0], gradient, `${family}, of an op's result`);
  t.deepEqual(made.dataSync(), logits);
  // Two losses of the same logits.
  const both = tf.grad((x: tf.Tensor) => tf.sum(tf.add(tf.mul(dy, loss(x)), loss(x))))(z);
  same(
    t,
    both,
    gradient.map((x, i) => x + expected.gradient[i]),
    `${family}, twice`,
  );
  t.deepEqual(z.dataSync(), logits);
}

/** An inner gradient leaves to the outer one what that needs, and keeps its own values. */
function checkNested(t: ExecutionContext): void {
  for (const family of FAMILIES) for (const dy of UPSTREAMS) checkNestedOf(t, family, dy);
}

function checkNestedOf(t: ExecutionContext, family: Family, factors: number[]): void {
  const rows = factors.length;
  const {z, y, dy} = batch(rows, factors);
  const {gradient} = closedForm(family, LOGITS.slice(0, rows * CLASSES), LABELS.slice(0, rows));
  const loss = lossOf(family, y);
  let inner!: tf.Tensor;
  const outer = tf.grad((x: tf.Tensor) => {
    const {value, grads} = tf.valueAndGrads((x2: tf.Tensor) => loss(x2))([x], dy);
    inner = tf.keep(grads[0]);
    // The same loss as that of the inner gradient, next to a value of the latter.
    const slope = grads[0].dataSync()[0];
    return tf.mul(slope, tf.sum(value));
  })(z);
  const slope = gradient[0] * factors[0];
  same(
    t,
    outer,
    gradient.map((x) => x * slope),
    `${family}, outer`,
  );
  same(
    t,
    inner,
    gradient.map((x, i) => x * factors[Math.floor(i / CLASSES)]),
    `${family}, inner`,
  );
  inner.dispose();
}

/** A second derivative is an error. */
function checkSecondOrder(t: ExecutionContext): void {
  for (const family of FAMILIES) {
    const {z, y} = batch();
    const first = tf.grad((x: tf.Tensor) => tf.sum(lossOf(family, y)(x)));
    t.throws(() => tf.grad((x: tf.Tensor) => tf.sum(tf.square(first(x))))(z), {
      message: 'Second-order gradients of this loss are not available: take the first only.',
    });
    // The tape is whole again.
    same(t, first(z), closedForm(family, LOGITS, LABELS).gradient, family);
  }
}

/** Labels in every form and type give the same, to the bit. */
function checkLabelForms(t: ExecutionContext): void {
  for (const family of FAMILIES) {
    const {z, y, dy} = batch();
    for (const beta of [1, drawsOf(0.5, 3, 4)]) {
      const run = (yTrue: tf.Tensor) => {
        const loss = lossOf(family, yTrue, {tail, beta});
        const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => loss(x))([z], dy);
        return [value.dataSync(), grads[0].dataSync()];
      };
      const expected = run(y);
      const forms = labelTensors(LABELS, [ROWS], CLASSES, family === 'sigmoid');
      forms.push(['bool', tf.tensor2d(hot(LABELS, CLASSES), [ROWS, CLASSES], 'bool')]);
      for (const [form, yTrue] of forms) t.deepEqual(run(yTrue), expected, `${family}, ${form}`);
    }
  }
}

/** Large and infinite logits, and those that are not a number, at a spared class, at another, and at the label. */
function checkSpecialLogits(t: ExecutionContext): void {
  const values = [Infinity, -Infinity, Number.NaN, 1e4, -1e4];
  for (const family of FAMILIES) {
    // Short rows take another way through the kernels than long ones, and so does a row's end.
    for (const [classes, own, places] of [
      [3, 0, [0, 1, 2]],
      [CLASSES, 0, [0, 1, 2, 12, 13]],
      [CLASSES, 13, [1, 13]],
    ] as Array<[number, number, number[]]>) {
      const rare = tail.slice(0, classes);
      for (const place of places) {
        for (const special of values) {
          const logits = LOGITS.slice(0, classes);
          logits[place] = special;
          const spared = rare[place] === 1 && place !== own;
          const expected = closedForm(family, logits, [own], rare);
          if (family === 'softmax' && (Number.isNaN(special) || (special === Infinity && !spared))) {
            // e^∞ / e^∞ is not a number, and neither is what depends on it.
            expected.rowLosses[0] = Number.NaN;
            expected.gradient.fill(Number.NaN);
          } else if (Number.isNaN(special)) {
            // A failure, which must not be lost with the weight of its class.
            expected.rowLosses[0] = Number.NaN;
            expected.gradient[place] = Number.NaN;
          }
          const what = `${family}, ${special} at ${place} of ${classes}, label ${own}`;
          const z = tf.tensor2d(logits, [1, classes]);
          const loss = lossOf(family, tf.tensor1d([own], 'int32'), {tail: rare, beta: 1});
          const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => tf.sum(loss(x)))(z);
          same(t, value, expected.rowLosses, what);
          same(t, grad, expected.gradient, what);
          if (spared && !Number.isNaN(special)) {
            const without = logits.slice();
            without[place] = 0;
            t.is(value.dataSync()[0], loss(tf.tensor2d(without, [1, classes])).dataSync()[0], what);
            t.is(grad.dataSync()[place], 0, what);
          }
        }
      }
    }
  }
}

/** A million classes. */
function checkManyClasses(t: ExecutionContext): void {
  const [rows, classes, row] = [8, 1_000_000, 6];
  const labels = Array.from({length: rows}, (_, r) => (r * 142_857) % classes);
  const logits = new Float32Array(rows * classes);
  for (let i = 0; i < logits.length; ++i) logits[i] = ((i % 1009) - 504) / 50;
  const rare = Float64Array.from({length: classes}, (_, j) => (j % 10 === 3 ? 1 : 0));
  for (const family of FAMILIES) {
    tf.tidy(() => {
      const z = tf.tensor2d(logits, [rows, classes]);
      const loss = lossOf(family, tf.tensor1d(labels, 'int32'), {tail: rare, beta: 1});
      const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => loss(x))([z], tf.tensor1d(upstream(rows)));
      const rowLogits = logits.subarray(row * classes, (row + 1) * classes);
      const form = family === 'sigmoid' ? sigmoidClosedForm : softmaxClosedForm;
      const own = new Uint8Array(classes);
      own[labels[row]] = 1;
      const expected = form({predictions: rowLogits, labels: own, tail: rare});
      t.is(difference([value.dataSync()[row]], expected.rowLosses, 1e-6), undefined, family);
      const gradient = grads[0].dataSync().subarray(row * classes, (row + 1) * classes);
      const factor = upstream(rows)[row];
      t.is(
        difference(
          gradient,
          expected.gradient.map((x) => x * factor),
          1e-6,
        ),
        undefined,
        family,
      );
    });
  }
}

/** Nothing is left behind. */
function checkNoLeak(t: ExecutionContext): void {
  for (const family of FAMILIES) {
    const {z, y, dy} = batch();
    const before = [tf.memory().numTensors, tf.backend().numDataIds()];
    tf.dispose(tf.grads((x: tf.Tensor) => lossOf(family, y)(x))([z], dy));
    const floats = tf.cast(y, 'float32');
    tf.dispose([lossOf(family, floats, {tail, beta: drawsOf(0.5, 1, 2)})(z), floats]);
    t.deepEqual([tf.memory().numTensors, tf.backend().numDataIds()], before, family);
  }
}

/** A label that is no share is refused, whatever column and dtype it is of; what rounding leaves is not. */
function checkLabelValues(t: ExecutionContext): void {
  for (const family of FAMILIES) {
    for (const width of family === 'sigmoid' ? [CLASSES, CLASSES + 1] : [CLASSES]) {
      for (const column of [0, CLASSES - 1, width - 1]) {
        for (const dtype of ['float32', 'int32', 'bool'] as const) {
          const {z} = batch();
          const labels = hot(LABELS, width);
          const lossOfLabel = (value: number) => {
            labels[3 * width + column] = value;
            const yTrue = tf.tensor2d(
              dtype === 'bool' ? Uint8Array.from(labels) : labels,
              [ROWS, width],
              dtype,
            );
            return lossOf(family, yTrue)(z).dataSync();
          };
          const what = `${family}, ${dtype} [${ROWS}, ${width}], column ${column}`;
          const integers = dtype === 'bool' ? [255, 2] : [255, 2, -1];
          for (const value of dtype === 'float32' ? [...integers, 1.01, -0.01, Number.NaN] : integers) {
            const message = `Expected \`yTrue\` to hold values in 0 … 1. Received: ${Math.fround(value)} in row 3`;
            t.throws(() => lossOfLabel(value), {name: 'ValueError', message}, what);
          }
          for (const value of dtype === 'float32' ? [0, 1, 1.0005, -0.0005] : [0, 1]) {
            t.true(lossOfLabel(value).every(Number.isFinite), `${value}, ${what}`);
          }
        }
      }
    }
  }
}

/** All of the above, by name. */
export const hostKernelChecks: Record<string, (t: ExecutionContext) => void> = {
  'gradients for any gradient from above': checkUpstream,
  'a gradient inside another': checkNested,
  'a second derivative is an error': checkSecondOrder,
  'labels of every form and type give the same': checkLabelForms,
  'infinite logits, large ones, and those that are not a number': checkSpecialLogits,
  'a label outside 0 … 1 is an error': checkLabelValues,
  'a million classes': checkManyClasses,
  'nothing is left in memory': checkNoLeak,
};
