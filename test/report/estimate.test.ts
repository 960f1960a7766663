import test from 'ava';
import {estimate} from '../../src/report/estimate';

test('mean, deviation and interval agree with NumPy and scipy.stats.t.interval', (t) => {
  const {mean, sd, interval} = estimate([61, 63.5, 60.2, 64.1]);
  const close = (a: number, b: number) => t.true(Math.abs(a - b) < 1e-5, `${a}, ${b}`);
  close(mean, 62.2);
  close(sd!, 1.8920888);
  close(interval![0], 59.1892645);
  close(interval![1], 65.2107355);
});

test('a single run has no deviation', (t) => {
  t.deepEqual(estimate([61]), {mean: 61});
});

test('refuses no runs, and values that are not numbers', (t) => {
  t.throws(() => estimate([]), {name: 'ValueError', message: /`runs` to be an array, at least 1 long/});
  t.throws(() => estimate([1, '2'] as never), {message: /`runs\[1\]` to be a finite number/});
});
