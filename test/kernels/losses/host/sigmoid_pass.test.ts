import test from 'ava';
import fc from 'fast-check';
import type {Draws} from '../../../../src/kernels/losses/draws';
import {
  elementFns,
  sigmoid,
  sigmoidGradients,
  sigmoidLosses,
  softplus,
} from '../../../../src/kernels/losses/host/sigmoid_pass';
import type {HostLabels} from '../../../../src/labels/host_labels';
import {drawing} from '../../../helpers/draws';

const close = (actual: number, expected: number, relative = 1e-14) =>
  Object.is(actual, expected) || Math.abs(actual - expected) <= relative * Math.abs(expected);

/** Rows of dense labels. */
const dense = (...rows: number[][]): HostLabels => ({
  form: 'multiHot',
  values: Float32Array.from(rows.flat()),
  rows: rows.length,
  classes: rows[0].length,
  stride: rows[0].length,
});

test('softplus and sigmoid keep their digits at both ends', (t) => {
  // Decimal digits from a calculator with 30 places.
  for (const [x, log, s] of [
    [0, Math.LN2, 0.5],
    [1, 1.3132616875182228, 0.7310585786300049],
    [-1, 0.3132616875182228, 0.2689414213699951],
    [-40, 4.248354255291589e-18, 4.248354255291589e-18],
    [40, 40, 1],
    [-700, 9.85967654375977e-305, 9.85967654375977e-305],
    [1e4, 1e4, 1],
    [-1e4, 0, 0],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1],
    [Number.NEGATIVE_INFINITY, 0, 0],
    [Number.NaN, Number.NaN, Number.NaN],
  ]) {
    t.true(close(softplus(x), log), `softplus(${x}) = ${softplus(x)}`);
    t.true(close(sigmoid(x), s), `sigmoid(${x}) = ${sigmoid(x)}`);
  }
});

test('each gradient is the derivative of its loss', (t) => {
  const h = 1e-5;
  const label = fc.oneof(fc.constantFrom(0, 1), fc.double({min: 0, max: 1, noNaN: true}));
  for (const [fromLogits, at] of [
    [true, fc.double({min: -20, max: 20, noNaN: true})],
    [false, fc.double({min: 0.05, max: 0.95, noNaN: true})],
  ] as const) {
    const {loss, gradient} = elementFns(fromLogits);
    fc.assert(
      fc.property(at, label, (z, y) => {
        const difference = (loss(z + h, y) - loss(z - h, y)) / (2 * h);
        t.true(Math.abs(gradient(z, y) - difference) < 1e-5 * (1 + Math.abs(difference)));
      }),
    );
  }
});

test('weights of E(r), T(f), β and 1 − y, computed by hand', (t) => {
  const z = [0, 0, 0, 0, 0, 0, 0, 0];
  // A foreground row, a background row, each with T = 1, 0.25, 0 and 1.
  const labels = dense([1, 0, 0, 0], [0, 0, 0, 0]);
  const tail = Float64Array.of(1, 0.25, 0, 1);
  const unit = () => 1;
  const slopes = (beta: number | Draws, y = labels) => Array.from(sigmoidGradients(z, y, {tail, beta}, unit));
  t.deepEqual(slopes(1), [1, 0.75, 1, 0, 1, 1, 1, 1]);
  t.deepEqual(slopes(0.5), [1, 0.875, 1, 0.5, 1, 1, 1, 1]);
  t.deepEqual(slopes(0), [1, 1, 1, 1, 1, 1, 1, 1]);
  t.deepEqual(slopes(drawing(1, 1, 1, 0, 1, 1, 1, 1)), [1, 0.75, 1, 1, 1, 1, 1, 1]);
  // Soft rows: E = 0.75, and E = 1 for one that adds up to more.
  const soft = dense([0.5, 0, 0, 0.25], [0.5, 0, 0.75, 0.25]);
  t.deepEqual(slopes(1, soft), [0.625, 0.8125, 1, 0.4375, 0.5, 0.75, 1, 0.25]);
  t.deepEqual(Array.from(sigmoidLosses(z, labels, {tail, beta: 1}, unit)), [2.75, 4]);
});

test('a suppressed infinity costs nothing, a suppressed NaN shows', (t) => {
  const suppression = {tail: Float64Array.of(1, 1), beta: 1};
  const {loss, gradient} = elementFns(true);
  const run = (z: number) => [
    ...sigmoidLosses([0, z], dense([1, 0]), suppression, loss),
    ...sigmoidGradients([0, z], dense([1, 0]), suppression, gradient),
  ];
  t.deepEqual(run(Number.POSITIVE_INFINITY), [Math.fround(Math.LN2), -0.5, 0]);
  t.deepEqual(run(Number.NaN), [Number.NaN, -0.5, Number.NaN]);
});

test('the smallest soft label keeps its weight', (t) => {
  const y = 2 ** -149;
  const all = {tail: Float64Array.of(1, 1, 1), beta: 1};
  t.deepEqual(Array.from(sigmoidGradients([0, 0, 0], dense([y, 1, 0]), all, () => 1)), [y, 1, 0]);
});

test('the smallest share of background keeps its weight', (t) => {
  const share = 2 ** -149;
  const values = Float32Array.of(1, 0, share, 1 - 2 ** -24, 0, share);
  const labels: HostLabels = {form: 'multiHotWithBackground', values, rows: 2, classes: 2, stride: 3};
  const slopes = sigmoidGradients([0, 0, 0, 0], labels, {tail: Float64Array.of(0, 1), beta: 1}, () => 1);
  // A class that is 1 leaves no room for background.
  t.deepEqual(Array.from(slopes), [1, 0, 1, share]);
});

test('sums are accumulated in float64', (t) => {
  // In float32, 2²⁴ + 1 + … + 1 stays at 2²⁴.
  const classes = 9;
  const values = [2 ** 24, ...new Array(classes - 1).fill(1)];
  const labels = dense(new Array(classes).fill(0));
  const sums = sigmoidLosses(values, labels, {tail: new Float64Array(classes), beta: 1}, (z) => z);
  t.deepEqual(Array.from(sums), [2 ** 24 + 8]);
});
