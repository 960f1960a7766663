import test from 'ava';
import {requireArray} from '../../src/core/require_array';

test('an array is returned, anything else or a shorter one is rejected', (t) => {
  const array = [1, 2];
  t.is(requireArray('a', array), array);
  t.is(requireArray('a', array, 2), array);
  t.deepEqual(requireArray('a', []), []);
  for (const value of [undefined, null, 'ab', {length: 2}, new Float32Array(2)]) {
    t.throws(() => requireArray('a', value), {name: 'ValueError', message: /^Expected `a` to be an array\./});
  }
  t.throws(() => requireArray('a', array, 3), {
    message: /`a` to be an array, at least 3 long\. Received: \[1, 2\]/,
  });
});
