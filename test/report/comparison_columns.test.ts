import test from 'ava';
import {comparisonColumns, modelColumns, signed, textTable} from '../../src/report/on_node';

test('differences have a sign, unless they round to zero', (t) => {
  t.deepEqual(
    [4.14, -0.26, 0.04, -0.04].map((value) => signed(value)),
    ['+4.1', '−0.3', '0.0', '0.0'],
  );
});

test('a comparison reads as in the paper', (t) => {
  const table = textTable(
    [{group: 'rare', classes: 3, baseline: 12.34, eql: 16.48, difference: 4.14}],
    comparisonColumns,
  );
  t.regex(table, /accuracy, %\s+classes\s+cross entropy\s+EQL\s+difference/);
  t.regex(table, /rare\s+3\s+12\.3\s+16\.5\s+\+4\.1$/);
});

test('cells refuse rows of another type and invalid numbers', (t) => {
  const [, , accuracy] = modelColumns(['a', 'b']);
  const row = {group: 'rare', classes: 1, models: [{accuracy: {mean: 1}, difference: {mean: 0}}]};
  t.throws(() => accuracy.cell(row as never), {
    name: 'ValueError',
    message: /`row\.models` to be an array, at least 2/,
  });
  t.throws(() => comparisonColumns[2].cell({group: 'rare', classes: 1} as never), {
    message: /`row\.baseline` to be a finite number/,
  });
  t.throws(() => modelColumns('ab' as never), {message: /`models` to be an array/});
  t.throws(() => signed('1' as never), {message: /`value` to be a finite number/});
  t.throws(() => signed(1, 101), {message: /`digits` to be an integer ≥ 0 and ≤ 100/});
});
