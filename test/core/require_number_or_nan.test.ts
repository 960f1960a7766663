import test from 'ava';
import {requireNumberOrNaN} from '../../src/core/require_number_or_nan';

test('finite numbers and NaN are returned, anything else is rejected', (t) => {
  t.is(requireNumberOrNaN('a', -1.5), -1.5);
  t.is(requireNumberOrNaN('a', Number.NaN), Number.NaN);
  for (const value of [undefined, null, 'NaN', Number.POSITIVE_INFINITY]) {
    t.throws(() => requireNumberOrNaN('a', value), {
      name: 'ValueError',
      message: /`a` to be a finite number/,
    });
  }
});
