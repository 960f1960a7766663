import test from 'ava';
import {ClassFrequency} from '../../src/frequency';
import {classResults, compareGroups, compareModels, modelColumns, textTable} from '../../src/report/on_node';

const freqInfo = new ClassFrequency({imageCounts: [500, 3], numImages: 600, classNames: ['head', 'tail']});
const actual = [0, 0, 0, 0, 1, 1];
const [none, half, all] = [
  [1, 1, 1, 1, 0, 0],
  [0, 0, 1, 1, 1, 0],
  [0, 0, 0, 0, 1, 1],
];
const groups = ['rare', 'frequent'];

test('compares any number of models with the first', (t) => {
  const predicted = [half, none, all].map((of, i) => ({name: `${3 - i}`, predicted: of}));
  const rows = compareModels(classResults({freqInfo, actual, predicted}), groups, ['3', '2', '1']);
  t.deepEqual(
    rows.map(({group}) => group),
    ['rare', 'frequent', 'overall'],
  );
  t.deepEqual(
    rows[2].models.map(({name, accuracy, difference}) => [name, accuracy.mean, difference.mean]),
    [
      ['3', 50, 0],
      ['2', 0, -50],
      ['1', 100, 50],
    ],
  );
});

test('several runs: gives mean, deviation and the interval of run-by-run differences', (t) => {
  const results = classResults({
    freqInfo,
    actual,
    predicted: [
      {name: 'a', predicted: [none, half]},
      {name: 'b', predicted: [half, all]},
      {name: 'c', predicted: all},
    ],
  });
  t.deepEqual(results[1].recall, {a: 0.25, b: 0.75, c: 1});
  const [rare] = compareModels(results, groups);
  const [a, b, c] = rare.models;
  t.is(a.accuracy.mean, 25);
  t.true(Math.abs(a.accuracy.sd! - 50 / Math.SQRT2) < 1e-9);
  // Every seed gains 50 points, so the interval has no width.
  t.deepEqual(b.difference, {mean: 50, sd: 0, interval: [50, 50]});
  t.deepEqual(c.difference, {mean: 75}, 'runs that are not pairs');
  const table = textTable([rare], modelColumns(['a', 'b', 'c']));
  t.regex(table, /a\s+b\s+c\s+b − a\s+c − a/);
  t.regex(
    table,
    /rare\s+1\s+25\.0 ± 35\.4\s+75\.0 ± 35\.4\s+100\.0\s+\+50\.0 \[\+50\.0, \+50\.0\]\s+\+75\.0/,
  );
});

test('refuses models that the results lack', (t) => {
  const results = classResults({freqInfo, actual, predicted: {a: all}});
  t.throws(() => compareModels(results, groups, ['b']), {name: 'ValueError', message: /`models`/});
  t.throws(() => compareGroups(results, groups), {name: 'ValueError', message: /`models`/});
});
