import test from 'ava';
import {requireShare, requireShareOrNaN} from '../../src/report/require_share';

test('accepts shares in 0 … 1 up to rounding, and NaN if allowed', (t) => {
  for (const value of [0, 0.5, 1, 1 + 1e-7]) t.is(requireShare('a', value), value);
  t.is(requireShareOrNaN('a', Number.NaN), Number.NaN);
  t.is(requireShareOrNaN('a', 0.5), 0.5);
  for (const value of [-0.5, 1.5, '0.5', null, undefined, Number.POSITIVE_INFINITY]) {
    for (const check of [requireShare, requireShareOrNaN]) {
      t.throws(() => check('a', value), {name: 'ValueError', message: /`a` to be a number in 0 … 1/});
    }
  }
  t.throws(() => requireShare('a', Number.NaN), {message: /Received: NaN/});
});
