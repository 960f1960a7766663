import test from 'ava';
import {requireInteger} from '../../src/core/require_integer';

test('returns integers within the limits, both included', (t) => {
  t.is(requireInteger('n', 2, 2, 3), 2);
  t.is(requireInteger('n', 3, 2, 3), 3);
  t.is(requireInteger('n', Number.MAX_SAFE_INTEGER, 0), Number.MAX_SAFE_INTEGER);
});

test('rejects everything else, naming argument and limits', (t) => {
  for (const value of [1, 4, 2.5, Number.NaN, '3', 3n, null, undefined]) {
    t.throws(() => requireInteger('n', value, 2, 3), {
      name: 'ValueError',
      message: /`n` to be an integer ≥ 2 and ≤ 3/,
    });
  }
  t.throws(() => requireInteger('n', 2 ** 53, 0), {message: /`n` to be an integer ≥ 0. Received/});
});
