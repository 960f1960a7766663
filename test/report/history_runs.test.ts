import test from 'ava';
import {modelHistories, pointsOf} from '../../src/report/history_runs';

test('several runs give the mean of each epoch, in a band of one deviation', (t) => {
  const points = pointsOf([{loss: [2, 1]}, {loss: [4]}], 'loss');
  t.deepEqual(points, [
    {x: 1, y: 3, low: 3 - Math.SQRT2, high: 3 + Math.SQRT2},
    {x: 2, y: 1},
  ]);
  t.deepEqual(pointsOf([{loss: [2]}], 'acc'), []);
});

test('a list keeps its order, whatever the names', (t) => {
  const names = modelHistories([
    {name: '9', history: {loss: [1]}},
    {name: '1', history: [{loss: [1]}]},
  ]).map(({name}) => name);
  t.deepEqual(names, ['9', '1']);
  t.throws(() => modelHistories(['a', 'a'].map((name) => ({name, history: {loss: [1]}}))), {
    name: 'ValueError',
    message: /`runs` to be histories of different names/,
  });
});

test('nulls from JSON and infinite losses leave gaps; other non-numbers are refused', (t) => {
  const values = [1, null, Number.POSITIVE_INFINITY, Number.NaN, undefined];
  t.deepEqual(
    pointsOf([{loss: values}], 'loss').map(({y}) => y),
    [1, ...Array(4).fill(Number.NaN)],
  );
  t.deepEqual(pointsOf([{loss: [1]}], 'constructor'), []);
  const wrong: [runs: unknown, message: RegExp][] = [
    [undefined, /`runs` to be an object/],
    [{a: 3}, /`runs\.a` to be an object/],
    [{a: [{loss: [1]}, 3]}, /`runs\.a\[1\]` to be an object/],
    [{a: []}, /`runs\.a` to be an array, at least 1 long/],
    [{a: {loss: 3}}, /`runs\.a\.loss` to be an array/],
    [
      [{name: 'a', history: {loss: [1, '2']}}],
      /`runs\[0\]\.history\.loss\[1\]` to be a number\. Received: "2"/,
    ],
  ];
  for (const [runs, message] of wrong) {
    t.throws(() => modelHistories(runs as never), {name: 'ValueError', message});
  }
});
