import test from 'ava';
import {estimate} from '../../src/report/estimate';
import {requireEstimate, requireEstimates} from '../../src/report/require_estimate';

test('accepts results of estimate; refuses anything else, naming its path', (t) => {
  t.notThrows(() => requireEstimate('a', estimate([1, 2])));
  t.notThrows(() => requireEstimate('a', estimate([Number.NaN])));
  const wrong: [given: unknown, message: RegExp][] = [
    [3, /`a` to be an object/],
    [{}, /`a\.mean` to be a finite number/],
    [{mean: 1, sd: 'x'}, /`a\.sd`/],
    [{mean: 1, interval: [1]}, /`a\.interval` to be an array of two numbers/],
    [{mean: 1, interval: [1, '2']}, /`a\.interval\[1\]` to be a finite number/],
  ];
  for (const [given, message] of wrong) {
    t.throws(() => requireEstimate('a', given), {name: 'ValueError', message});
  }
});

test('requires an estimate for each name', (t) => {
  t.notThrows(() => requireEstimates('a', {x: {mean: 1}, y: 3}, ['x']));
  t.throws(() => requireEstimates('a', {x: {mean: 1}}, ['x', 'y']), {message: /`a\.y` to be an object/});
});
