import test from 'ava';
import {requireFunction} from '../../src/core/require_function';

test('a function passes, anything else is rejected', (t) => {
  t.notThrows(() => requireFunction('a', () => {}));
  for (const value of [undefined, null, {}, 'x']) {
    t.throws(() => requireFunction('a', value), {
      name: 'ValueError',
      message: /^Expected `a` to be a function\./,
    });
  }
});
