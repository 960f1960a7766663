import test from 'ava';
import fc from 'fast-check';
import type {Draws} from '../../../../src/kernels/losses/draws';
import {softmaxGradients, softmaxLosses} from '../../../../src/kernels/losses/host/softmax_pass';
import type {HostLabels} from '../../../../src/labels/host_labels';
import {drawing} from '../../../helpers/draws';

const index = (values: number[], classes: number): HostLabels => ({
  form: 'index',
  values: Int32Array.from(values),
  rows: values.length,
  classes,
  stride: 1,
});

const near = (actual: Float32Array, expected: number[]) =>
  actual.length === expected.length && expected.every((x, i) => Math.abs(actual[i] - x) < 1e-6);

test('computed by hand: a dropped class leaves the denominator', (t) => {
  // e^z = 1, 2, 5; label 0; class 2 is rare: p̃ = 1/3, 2/3, 0 instead of 1/8, 2/8, 5/8.
  const z = [0, Math.log(2), Math.log(5)];
  const tail = Float64Array.of(0, 0, 1);
  const run = (beta: number | Draws, label = 0) => ({
    losses: softmaxLosses(z, index([label], 3), {tail, beta}),
    gradients: softmaxGradients(z, index([label], 3), {tail, beta}),
  });
  for (const beta of [1, drawing(1, 1, 1)]) {
    t.true(near(run(beta).losses, [Math.log(3)]));
    t.true(near(run(beta).gradients, [-2 / 3, 2 / 3, 0]));
  }
  for (const beta of [0, drawing(1, 1, 0)]) {
    t.true(near(run(beta).losses, [Math.log(8)]));
    t.true(near(run(beta).gradients, [-7 / 8, 2 / 8, 5 / 8]));
  }
  // Half dropped: its e^z counts by half.
  t.true(near(run(0.5).losses, [Math.log(5.5)]));
  // The own class always stays.
  t.true(near(run(1, 2).losses, [Math.log(8 / 5)]));
});

test('gradients are the derivative of the loss', (t) => {
  const float = fc.double({min: -10, max: 10, noNaN: true});
  const h = 1e-2;
  fc.assert(
    fc.property(
      fc.array(float, {minLength: 6, maxLength: 6}),
      fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 3, maxLength: 3}),
      fc.array(fc.integer({min: 0, max: 2}), {minLength: 2, maxLength: 2}),
      (z, tail, labels) => {
        const suppression = {tail: Float64Array.from(tail), beta: 0.75};
        const loss = (x: number[]) => {
          const [first, second] = softmaxLosses(x, index(labels, 3), suppression);
          return first + second;
        };
        const gradients = softmaxGradients(z, index(labels, 3), suppression);
        for (let k = 0; k < z.length; ++k) {
          const shifted = (by: number) => z.map((x, i) => (i === k ? x + by : x));
          const difference = (loss(shifted(h)) - loss(shifted(-h))) / (2 * h);
          // Losses are float32, up to 20: their differences are good to 3e-4.
          t.true(Math.abs(gradients[k] - difference) < 1e-3);
        }
      },
    ),
  );
});

test('logits so large that the logarithm of the sum would vanish beside them', (t) => {
  const none = {tail: Float64Array.of(0, 0, 0), beta: 1};
  for (const z of [1e4, 1e17, 3e38, -3e38]) {
    t.true(near(softmaxLosses([z, z, z], index([1], 3), none), [Math.log(3)]), `${z}`);
    t.true(near(softmaxGradients([z, z, z], index([1], 3), none), [1 / 3, -2 / 3, 1 / 3]), `${z}`);
  }
});

test('small losses keep their digits', (t) => {
  const none = {tail: Float64Array.of(0, 0, 0), beta: 1};
  for (const z of [-10, -30, -50, -80]) {
    // log(1 + 2eᶻ)
    const expected = Math.log1p(2 * Math.exp(z));
    const [loss] = softmaxLosses([z, 0, z], index([1], 3), none);
    t.true(Math.abs(loss - expected) <= 1e-7 * expected, `${z}`);
  }
});

test('a row whose classes are all dropped costs nothing', (t) => {
  const labels: HostLabels = {form: 'multiHot', values: new Float32Array(3), rows: 1, classes: 3, stride: 3};
  const all = {tail: Float64Array.of(1, 1, 1), beta: 1};
  t.deepEqual(Array.from(softmaxLosses([1, 2, 3], labels, all)), [0]);
  t.deepEqual(Array.from(softmaxGradients([1, 2, 3], labels, all)), [0, 0, 0]);
});

test('the smallest soft label keeps its class', (t) => {
  // Class 0 is all that is left: log(w̃₀ e^{z₀}) = log y₀ + z₀.
  const y = 2 ** -149;
  const labels: HostLabels = {
    form: 'multiHot',
    values: Float32Array.of(y, 0),
    rows: 1,
    classes: 2,
    stride: 2,
  };
  const all = {tail: Float64Array.of(1, 1), beta: 1};
  t.deepEqual(Array.from(softmaxLosses([3, 5], labels, all)), [Math.fround(y * Math.log(y))]);
  t.true(near(softmaxGradients([3, 5], labels, all), [0, 0]));
});

test('an infinite logit of a dropped class is ignored; NaN always shows', (t) => {
  const rare = {tail: Float64Array.of(0, 0, 1), beta: 1};
  const run = (z: number) => [
    ...softmaxLosses([0, 0, z], index([0], 3), rare),
    ...softmaxGradients([0, 0, z], index([0], 3), rare),
  ];
  t.deepEqual(run(Number.POSITIVE_INFINITY), [Math.fround(Math.LN2), -0.5, 0.5, 0]);
  t.deepEqual(run(Number.NaN), [Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});
