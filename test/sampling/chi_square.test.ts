import test from 'ava';
import {chiSquareP, chiSquareTail} from '../helpers/chi_square';

// From tables of the distribution.
for (const [x, degrees, p] of [
  [3.841458820694124, 1, 0.05],
  [27.877164871256568, 9, 0.001],
  [124.34211340400407, 100, 0.05],
  [4.605170185988092, 2, 0.1],
]) {
  test(`P(X > ${x.toFixed(3)}) of ${degrees} degrees of freedom is ${p}`, (t) => {
    t.true(Math.abs(chiSquareTail(x, degrees) - p) < 1e-9, String(chiSquareTail(x, degrees)));
  });
}

test('counts that fit are likely, others are not, impossible ones have no chance', (t) => {
  t.true(chiSquareP([50, 30, 20], [0.5, 0.3, 0.2]) > 0.99);
  t.true(chiSquareP([400, 300, 300], [0.5, 0.3, 0.2]) < 1e-9);
  t.is(chiSquareP([50, 1], [1, 0]), 0);
});
