import test from 'ava';
import fc from 'fast-check';
import {expOfNegative, logOnePlus} from '../../../../src/kernels/losses/host/exp';

test('e^−x keeps its digits as far down as float64 goes', (t) => {
  fc.assert(
    fc.property(fc.double({min: 0, max: 700, noNaN: true}), (x) => {
      t.true(Math.abs(expOfNegative(x) / Math.exp(-x) - 1) < 1e-12, `x = ${x}`);
    }),
    {numRuns: 2000},
  );
  t.is(expOfNegative(0), 1);
  t.is(expOfNegative(1e4), 0);
  t.is(expOfNegative(Number.POSITIVE_INFINITY), 0);
  t.is(expOfNegative(Number.NaN), Number.NaN);
});

test('log(1 + e) keeps its digits, near 0 as well', (t) => {
  const exponent = fc.double({min: -30, max: 0, noNaN: true});
  fc.assert(
    fc.property(fc.oneof(fc.double({min: 0, max: 1, noNaN: true}), exponent.map(Math.exp)), (e) => {
      const expected = Math.log1p(e);
      t.true(Math.abs(logOnePlus(e) - expected) <= 1e-11 * expected, `e = ${e}`);
    }),
    {numRuns: 2000},
  );
  t.is(logOnePlus(Number.NaN), Number.NaN);
});
