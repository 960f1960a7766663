import * as tf from '@tensorflow/tfjs-core';
import {type Draws, isDrawn} from '../../src/kernels/losses/draws';
import {sigmoidFamilyLoss} from '../../src/kernels/losses/sigmoid_family';
import {softmaxFamilyLoss} from '../../src/kernels/losses/softmax_family';
import {parseLabels} from '../../src/labels/labels';
import {type ClosedForm, sigmoidClosedForm, softmaxClosedForm} from './closed_form';

/** A batch of any shape, with labels of any form, that only depends on its seed. */
interface FuzzCase {
  family: 'sigmoid' | 'softmax';
  rows: number;
  classes: number;
  logits: Float32Array;
  /** Dense labels, for the oracle. */
  dense: Float32Array;
  /** The last column of labels that have one for background. */
  background?: Float32Array;
  labels: tf.Tensor;
  form: string;
  tail: Float64Array;
  beta: number | Draws;
  dy: Float32Array;
}

/** Bounds: relative for losses, absolute for gradients of losses with dy = 1. */
const LOSS = 1e-7;
const GRADIENT = 2e-7;
/** Half the smallest float32 above 0. */
const UNDERFLOW = 2 ** -150;

/**
 * Computes the losses of case `seed` and their gradient on the current backend.
 *
 * @returns What is wrong with them, by a float64 oracle, or undefined.
 */
export function fuzz(seed: number, bounds = {loss: LOSS, gradient: GRADIENT}): string | undefined {
  return tf.tidy(() => {
    const c = makeCase(seed);
    const z = tf.tensor2d(c.logits, [c.rows, c.classes]);
    const labels = parseLabels(c.labels, z, c.family === 'sigmoid');
    const {tail, beta} = c;
    const loss = (x: tf.Tensor) =>
      c.family === 'sigmoid'
        ? sigmoidFamilyLoss(x, labels, {tail, beta}, true)
        : softmaxFamilyLoss(x, labels, {tail, beta});
    const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => loss(x))([z], tf.tensor1d(c.dy));
    const evaluated = loss(z).dataSync();
    const [losses, gradient] = [value.dataSync(), grads[0].dataSync()];
    const expected = oracle(c);
    const what = `case ${seed}: ${c.family}, ${c.rows} × ${c.classes}, ${c.form}`;
    for (let r = 0; r < c.rows; ++r) {
      const x = expected.rowLosses[r];
      if (wrong(losses[r], x, bounds.loss * Math.abs(x) + UNDERFLOW)) {
        return `${what}, loss ${r}: ${losses[r]} instead of ${x}`;
      }
      if (!Object.is(evaluated[r], losses[r]))
        return `${what}, loss ${r} without a gradient: ${evaluated[r]}`;
    }
    for (let i = 0; i < gradient.length; ++i) {
      const dy = c.dy[Math.floor(i / c.classes)];
      const x = expected.gradient[i] * dy;
      if (wrong(gradient[i], x, bounds.gradient * Math.abs(dy) + UNDERFLOW)) {
        return `${what}, gradient ${i}, z = ${c.logits[i]}: ${gradient[i]} instead of ${x}`;
      }
    }
    if (z.dataSync().some((x, i) => !Object.is(x, c.logits[i]))) return `${what}: logits were changed`;
    return undefined;
  });
}

// Losses too large for float32 are infinite there.
function wrong(actual: number, expected: number, tolerance: number): boolean {
  if (Number.isNaN(expected)) return !Number.isNaN(actual);
  const x = Math.fround(expected);
  return x !== actual && !(Math.abs(actual - expected) <= tolerance);
}

function makeCase(seed: number): FuzzCase {
  const {uniform, below, oneOf} = generator(seed);
  const family = oneOf(['sigmoid', 'sigmoid', 'softmax'] as const);
  // Gradients of a power of two of rows have their share of the mean multiplied in from the start.
  const rows = seed % 8 === 0 ? oneOf([64, 1024]) : oneOf([0, 1, 2, 3, 4, 5, 17]);
  const few = [1, 2, 3, 4, 5, 7];
  const many = [...few, 1 + below(70), 1 + below(300), seed % 40 === 1 ? 1020 + below(2000) : 7];
  const classes = oneOf(rows > 17 ? few : many);
  const size = rows * classes;
  const spread = oneOf([0.01, 1, 6, 40, 1e4]);
  // About 16.5 below 0 a term is as small as what float32 takes from 1, and about 88 above it is as large as it can be.
  const center = oneOf([0, 0, -20, -16.5, 15, 84]);
  const logits = Float32Array.from({length: size}, () => center + (uniform() + uniform() - 1) * spread);
  for (let i = 0; i < size; ++i) {
    if (below(400) === 0) logits[i] = oneOf([0, -0, 1e4, -1e4, Infinity, -Infinity, 88, -88, 127, -104]);
    if (below(4000) === 0) logits[i] = Number.NaN;
    // A softmax with e^∞, or with nothing but e^−∞, is not a number: class 0 takes part below and is finite.
    if (family === 'softmax' && logits[i] === Infinity) logits[i] = -Infinity;
    if (i % classes === 0 && logits[i] === -Infinity) logits[i] = 0;
  }
  const smooth = below(4) === 0;
  const tail = Float64Array.from({length: classes}, () => (smooth ? uniform() : Number(uniform() < 0.5)));
  if (family === 'softmax') tail[0] = 0;
  const words = () => below(2 ** 32);
  const beta = oneOf([1, 1, 0, 0.75, {key: [words(), words()], threshold: words()} as Draws]);
  // Only of powers of two: 1 / 3 rounds, and so does a gradient times it.
  const ofMean = below(3) === 0 && Number.isInteger(Math.log2(rows));
  const dy = Float32Array.from({length: rows}, () => (ofMean ? 1 / rows : oneOf([1, 1, 1 / 512, -2, 0])));
  return {family, rows, classes, logits, tail, beta, dy, ...makeLabels(family, rows, classes, seed)};
}

function makeLabels(family: FuzzCase['family'], rows: number, classes: number, seed: number) {
  const {uniform, below, oneOf} = generator(~seed);
  const form = oneOf(['integers', 'one-hot', 'several', 'soft', 'mixed'] as const);
  const dtype = oneOf(['float32', 'int32', 'bool'] as const);
  const column = family === 'sigmoid' && form !== 'integers' && below(3) === 0;
  const most = family === 'sigmoid' ? classes + 1 : classes;
  const index = Array.from({length: rows}, () => below(most));
  const dense = new Float32Array(rows * classes);
  index.forEach((label, row) => {
    if (label < classes) dense[row * classes + label] = 1;
  });
  if (form === 'several' || form === 'soft') {
    for (let i = 0; i < dense.length; ++i) {
      if (below(5) === 0) dense[i] = form === 'soft' ? Math.fround(uniform()) : 1;
    }
  }
  const columnValues = Float32Array.from(index, (label) => Number(label === classes));
  if (form === 'mixed') mixWithOthers(dense, columnValues, classes, generator(seed + 1));
  const soft = form === 'soft' || form === 'mixed';
  const name = `${form}, ${soft ? 'float32' : dtype}${column ? ', background column' : ''}`;
  if (form === 'integers') {
    const type = dtype === 'bool' ? 'int32' : dtype;
    const shape = oneOf([[rows], [rows, 1]]);
    // With a single class 1 is that class, and 0 is none.
    return {dense, form: name, labels: tf.tensor(classes === 1 ? dense : index, shape, type)};
  }
  const width = classes + Number(column);
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; ++row) {
    values.set(dense.subarray(row * classes, (row + 1) * classes), row * width);
    if (column) values[row * width + classes] = columnValues[row];
  }
  const type = soft ? 'float32' : dtype;
  const background = column ? columnValues : undefined;
  return {dense, background, form: name, labels: tf.cast(tf.tensor2d(values, [rows, width]), type)};
}

/** Mixup: each row of labels becomes the mean of it and the one before, by a share that is drawn, or small, or 1. */
function mixWithOthers(
  dense: Float32Array,
  background: Float32Array,
  classes: number,
  {uniform, oneOf}: ReturnType<typeof generator>,
): void {
  for (let row = background.length - 1; row > 0; --row) {
    const share = Math.fround(oneOf([uniform(), 2 ** -20, 1]));
    const mix = (values: Float32Array, at: number, before: number) => {
      values[at] = share * values[at] + (1 - share) * values[before];
    };
    mix(background, row, row - 1);
    for (let at = row * classes; at < (row + 1) * classes; ++at) mix(dense, at, at - classes);
  }
}

function oracle(c: FuzzCase): ClosedForm {
  const {family, rows, classes, logits, dense, background, tail, beta} = c;
  const closedForm = family === 'sigmoid' ? sigmoidClosedForm : softmaxClosedForm;
  const betas = typeof beta === 'number' ? beta : logits.map((_, i) => Number(isDrawn(beta, i)));
  const finite = logits.map((x) => (Number.isNaN(x) ? 0 : x));
  const expected = closedForm({predictions: finite, labels: dense, background, tail, beta: betas});
  for (let row = 0; row < rows; ++row) {
    const [from, to] = [row * classes, (row + 1) * classes];
    // Nothing to be found: no loss, and no gradient.
    if (family === 'softmax' && dense.subarray(from, to).every((y) => y === 0)) {
      expected.rowLosses[row] = 0;
      expected.gradient.fill(0, from, to);
      continue;
    }
    // A logit that is not a number is passed on, whatever its weight.
    for (let i = from; i < to; ++i) {
      if (!Number.isNaN(logits[i])) continue;
      expected.rowLosses[row] = Number.NaN;
      if (family === 'softmax') expected.gradient.fill(Number.NaN, from, to);
      else expected.gradient[i] = Number.NaN;
    }
  }
  return expected;
}

/** Random numbers that depend on the seed alone (the generator is "mulberry32"). */
function generator(seed: number) {
  let state = seed >>> 0;
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (x ^ (x >>> 14)) >>> 0;
  };
  const uniform = () => word() / 2 ** 32;
  const below = (n: number) => Math.floor(uniform() * n);
  return {uniform, below, oneOf: <T>(values: readonly T[]): T => values[below(values.length)]};
}
