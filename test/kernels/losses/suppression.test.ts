import test from 'ava';
import fc from 'fast-check';
import {betaAt, noSuppression} from '../../../src/kernels/losses/suppression';
import {anyDraws, drawing} from '../../helpers/draws';

test('no suppression is zeros: one array per number of classes, which keys its uploads', (t) => {
  const {tail, beta} = noSuppression(3);
  t.deepEqual([Array.from(tail), beta], [[0, 0, 0], 0]);
  t.is(noSuppression(3).tail, tail);
  t.is(noSuppression(2).tail.length, 2);
});

test('β is one number for all elements, or drawn for each', (t) => {
  t.deepEqual(
    [0, 1, 2].map((i) => betaAt(0.75, i)),
    [0.75, 0.75, 0.75],
  );
  const draws = drawing(1, 0, 1);
  t.deepEqual(
    [0, 1, 2].map((i) => betaAt(draws, i)),
    [1, 0, 1],
  );
  fc.assert(
    fc.property(anyDraws, fc.nat(), (some, i) => {
      t.is(betaAt({...some, threshold: 0}, i), 0);
      t.true([0, 1].includes(betaAt(some, i)));
    }),
  );
});
