import test from 'ava';
import fc from 'fast-check';
import {compareGroups} from '../../src/report';

const classResult = fc.record({
  name: fc.string(),
  images: fc.integer({min: 1, max: 1000}),
  group: fc.constantFrom('rare', 'common'),
  support: fc.integer({min: 1, max: 50}),
  recall: fc.record({
    baseline: fc.double({min: 0, max: 1, noNaN: true}),
    eql: fc.double({min: 0, max: 1, noNaN: true}),
  }),
});

test('overall is the mean of the groups by support, and the difference that of the two models', (t) => {
  fc.assert(
    fc.property(fc.array(classResult, {minLength: 1, maxLength: 20}), (results) => {
      const rows = compareGroups(results, ['rare', 'common', 'frequent']);
      const overall = rows[rows.length - 1];
      t.is(overall.group, 'overall');
      t.false(
        rows.some(({group}) => group === 'frequent'),
        'a group without classes has no row',
      );
      const support = (name: string) =>
        results.filter(({group}) => group === name).reduce((sum, {support: n}) => sum + n, 0);
      const groups = rows.slice(0, -1);
      const all = groups.reduce((sum, {group}) => sum + support(group), 0);
      for (const model of ['baseline', 'eql'] as const) {
        const mean = groups.reduce((sum, row) => sum + row[model] * support(row.group), 0) / all;
        t.true(Math.abs(mean - overall[model]) < 1e-9);
      }
      for (const {baseline, eql, difference} of rows) t.is(difference, eql - baseline);
    }),
  );
});

test('refuses results without a class', (t) => {
  t.throws(() => compareGroups([], ['rare']), {name: 'ValueError'});
});
