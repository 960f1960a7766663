import test from 'ava';
import {meanAndSd} from '../../../models/moby-dick/statistics';

test('mean and standard deviation of a sample', (t) => {
  // The textbook example: 2 4 4 4 5 5 7 9 has a sum of squares of 32 around 5.
  const {mean, sd} = meanAndSd([2, 4, 4, 4, 5, 5, 7, 9]);
  t.is(mean, 5);
  t.true(Math.abs(sd - Math.sqrt(32 / 7)) < 1e-12);
  t.is(meanAndSd([3]).sd, Number.NaN);
});
