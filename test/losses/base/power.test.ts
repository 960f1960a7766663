import test from 'ava';
import {power} from '../../../src/losses/base/power';

test('it equals Math.pow, for integers and other exponents', (t) => {
  for (const gamma of [0, 0.5, 1, 1.7, 2, 3, 4, 5]) {
    for (const x of [0, 1e-9, 0.3, 1]) {
      t.true(Math.abs(power(x, gamma) - x ** gamma) <= 1e-15 * x ** gamma, `${x}^${gamma}`);
    }
  }
  t.is(power(Number.NaN, 3), Number.NaN);
});
