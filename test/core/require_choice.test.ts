import test from 'ava';
import {requireChoice} from '../../src/core/require_choice';

test('one of the choices is given back, anything else refused with all of them', (t) => {
  t.is(requireChoice('a', 'x', ['x', 'y']), 'x');
  for (const value of [undefined, 'X', 'toString', ['x']]) {
    t.throws(() => requireChoice('a', value, ['x', 'y']), {
      name: 'ValueError',
      message: /^Expected `a` to be one of 'x', 'y'\./,
    });
  }
});
