import test from 'ava';
import {requireChoice} from '../../src/core/require_choice';

test('one of the choices is returned, anything else is rejected, listing them', (t) => {
  t.is(requireChoice('a', 'x', ['x', 'y']), 'x');
  for (const value of [undefined, 'X', 'toString', ['x']]) {
    t.throws(() => requireChoice('a', value, ['x', 'y']), {
      name: 'ValueError',
      message: /^Expected `a` to be one of 'x', 'y'\./,
    });
  }
});
