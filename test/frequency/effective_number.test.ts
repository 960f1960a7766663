import test from 'ava';
import {perEffectiveNumber} from '../../src/frequency/effective_number';

test('it is the reciprocal of 1 + β + … + β^(n−1)', (t) => {
  for (const beta of [0, 0.5, 0.9, 0.9999]) {
    for (const n of [1, 2, 17, 4000]) {
      let effective = 0;
      for (let i = 0; i < n; ++i) effective += beta ** i;
      t.true(Math.abs(perEffectiveNumber(n, beta) * effective - 1) < 1e-10, `β = ${beta}, n = ${n}`);
    }
  }
});

test('its limit for β → 1 is 1/n, and it converges', (t) => {
  t.is(perEffectiveNumber(7, 1), 1 / 7);
  t.true(Math.abs(perEffectiveNumber(7, 1 - 1e-12) * 7 - 1) < 1e-3);
});
