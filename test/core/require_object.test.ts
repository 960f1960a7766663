import test from 'ava';
import {requireObject} from '../../src/core/require_object';

test('an object is returned, anything else is rejected', (t) => {
  const bare = Object.create(null);
  t.is(requireObject('a', bare), bare);
  for (const value of [undefined, null, 3, 'x', true, Symbol('x'), () => {}]) {
    t.throws(() => requireObject('a', value), {
      name: 'ValueError',
      message: /^Expected `a` to be an object\./,
    });
  }
});
