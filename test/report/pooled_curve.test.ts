import test from 'ava';
import fc from 'fast-check';
import {pooledCurve} from '../../src/report/pooled_curve';

test('property: every point is precision and recall above some score, and recall ends at 1', (t) => {
  const row = fc.tuple(
    fc.integer({min: 0, max: 5}),
    fc.integer({min: 0, max: 5}),
    fc.boolean(),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(row, {minLength: 1, maxLength: 40}), fc.boolean(), (rows, both) => {
      const scores = rows.flatMap(([a, b]) => [Number(a), Number(b)]);
      const held = rows.flatMap(([, , a, b]) => [Number(a), Number(b)]);
      const classes = both ? [0, 1] : [1];
      const points = pooledCurve([scores, held, rows.map(() => 1)], classes, 2);
      const pairs = scores
        .map((score, i) => ({score, held: held[i] === 1}))
        .filter((_, i) => classes.includes(i % 2));
      const positives = pairs.filter((pair) => pair.held).length;
      const wanted = [...new Set(pairs.map(({score}) => score))]
        .sort((a, b) => b - a)
        .map((threshold) => {
          const above = pairs.filter(({score}) => score >= threshold);
          const hits = above.filter((pair) => pair.held).length;
          return {recall: hits / positives, precision: hits / above.length};
        });
      t.deepEqual(points, positives === 0 ? [] : wanted);
    }),
  );
});

test('thins out long curves but keeps their ends; leaves out ignored rows', (t) => {
  const n = 5000;
  const scores = Array.from({length: n}, (_, i) => i);
  const held = scores.map((i) => Number(i % 2));
  const points = pooledCurve([scores, held, scores.map(() => 1)], [0], 1);
  t.true(points.length <= 201 && points.length > 150);
  t.deepEqual(points[points.length - 1], {recall: 1, precision: 0.5});
  t.deepEqual(
    pooledCurve(
      [
        [1, 2],
        [1, 0],
        [1, 0],
      ],
      [0],
      1,
    ),
    [{recall: 1, precision: 1}],
  );
});
