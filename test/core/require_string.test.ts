import test from 'ava';
import {requireString, requireStrings} from '../../src/core/require_string';

test('a string is returned, anything else is rejected', (t) => {
  t.is(requireString('a', ''), '');
  for (const value of [undefined, null, 3, ['x'], Symbol('x')]) {
    t.throws(() => requireString('a', value), {
      name: 'ValueError',
      message: /^Expected `a` to be a string\./,
    });
  }
});

test('of several, the first that is not a string is named', (t) => {
  t.deepEqual(requireStrings('a', ['x', 'y']), ['x', 'y']);
  t.throws(() => requireStrings('a', 'xy'), {name: 'ValueError', message: /`a` to be an array/});
  t.throws(() => requireStrings('a', ['x', 3]), {message: /`a\[1\]` to be a string\. Received: 3/});
  t.throws(() => requireStrings('a', new Array(1)), {
    message: /`a\[0\]` to be a string\. Received: undefined/,
  });
});
