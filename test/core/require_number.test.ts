import test from 'ava';
import {requireNumber} from '../../src/core/require_number';

test('a finite number in range is returned, anything else is rejected with the range', (t) => {
  t.is(requireNumber('a', 0.5, 0, 1), 0.5);
  t.is(requireNumber('a', -3), -3);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined]) {
    t.throws(() => requireNumber('a', value), {message: /^Expected `a` to be a finite number\. Received/});
    t.throws(() => requireNumber('a', value, 0), {
      message: /^Expected `a` to be a finite number ≥ 0\. Received/,
    });
    t.throws(() => requireNumber('a', value, 0, 1), {
      message: /^Expected `a` to be a number in 0 … 1\. Received/,
    });
  }
  t.throws(() => requireNumber('a', 0, Number.MIN_VALUE), {message: /a finite number > 0\. Received: 0/});
  t.throws(() => requireNumber('a', 2, 0, 1));
  t.throws(() => requireNumber('a', -1, 0));
});
