import test from 'ava';
import {studentQuantile} from '../../src/report/student';

test('quantiles agree with scipy.stats.t.ppf(0.975, df)', (t) => {
  const scipy = {
    1: 12.706204736,
    2: 4.30265273,
    5: 2.570581836,
    10: 2.228138852,
    11: 2.20098516,
    20: 2.085963447,
    100: 1.983971519,
  };
  for (const [df, quantile] of Object.entries(scipy)) {
    t.true(Math.abs(studentQuantile(Number(df)) - quantile) < 2e-5, df);
  }
});
