import test from 'ava';
import fc from 'fast-check';
import {ClassFrequency} from '../../src/frequency';
import {classResults, compareGroups} from '../../src/report/on_node';

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

test('overall is the mean of groups weighted by support, and the difference that of the two models', (t) => {
  fc.assert(
    fc.property(fc.array(classResult, {minLength: 1, maxLength: 20}), (results) => {
      const rows = compareGroups(results, ['rare', 'common', 'frequent']);
      const overall = rows[rows.length - 1];
      t.is(overall.group, 'overall');
      t.false(
        rows.some(({group}) => group === 'frequent'),
        'an empty group has no row',
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

test('computes the recall of each class under both models, with its group', (t) => {
  const freqInfo = new ClassFrequency({
    imageCounts: [200, 5, 50],
    numImages: 300,
    classNames: ['a', 'b', 'c'],
  });
  const predicted = {baseline: [0, 1, 0, 0], eql: Int32Array.from([0, 0, 1, 1])};
  const results = classResults({freqInfo, actual: Uint8Array.from([0, 0, 1, 1]), predicted});
  t.deepEqual(results, [
    {name: 'a', images: 200, group: 'frequent', support: 2, recall: {baseline: 0.5, eql: 1}},
    {name: 'b', images: 5, group: 'rare', support: 2, recall: {baseline: 0, eql: 1}},
    {name: 'c', images: 50, group: 'common', support: 0, recall: {baseline: NaN, eql: NaN}},
  ]);
  const overall = compareGroups(results, ['rare']).find(({group}) => group === 'overall');
  t.like(overall, {baseline: 25, eql: 100, difference: 75}, 'a class without test samples does not count');
});

test('refuses predictions that differ in number from the labels', (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [1, 1], numImages: 2});
  t.throws(() => classResults({freqInfo, actual: [0, 1], predicted: {baseline: [0, 1], eql: [0]}}), {
    name: 'ValueError',
    message: /`predicted.eql` to be 2 classes/,
  });
});

test('refuses missing and misspelled options, naming them', (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [1, 1], numImages: 2});
  const refused = (options: unknown, message: RegExp) =>
    t.throws(() => classResults(options as never), {name: 'ValueError', message});
  refused(undefined, /`options` to be an object/);
  refused({freqInfo, actual: [0]}, /`predicted` to be an object/);
  refused({freqInfo, predicted: {}}, /`actual` to be an array of classes/);
  refused({freqInfo, actual: [0], predictions: {}}, /"predictions" \(did you mean "predicted"\?\)/);
  refused({freqInfo: [0.5, 0.5], actual: [0], predicted: {a: [0]}}, /`freqInfo` to be a ClassFrequency/);
});
