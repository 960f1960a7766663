import test from 'ava';
import {
  comparisonCsv,
  comparisonFigure,
  comparisonMarkdown,
  comparisonText,
  summarize,
} from '../../../models/moby-dick/comparison';
import {contenders} from '../../../models/moby-dick/contenders';
import {readFigure} from '../../helpers/figure';

const rows = summarize(contenders('ce,eql'), [
  [
    {rare: 10, overall: 50},
    {rare: 12, overall: 52},
    {rare: 14, overall: 54},
  ],
  [
    {rare: 12, overall: 49},
    {rare: 15, overall: 51},
    {rare: 18, overall: 53},
  ],
]);

test('mean, sample deviation, and paired differences with the interval of Student’s t', (t) => {
  const {mean, sd, difference, interval} = rows[1].groups.rare;
  t.deepEqual([mean, sd, difference], [15, 3, 3]);
  // Differences 2, 3, 4: sd 1, t(2, 97.5 %) = 4.30265 by R's qt(.975, 2).
  t.true(Math.abs(interval - 4.302652729749464 / Math.sqrt(3)) < 1e-6);
  t.deepEqual(rows[1].groups.overall.difference, -1);
  t.is(rows[1].groups.overall.interval, 0);
});

test('text, Markdown and CSV', (t) => {
  t.is(
    comparisonText(rows),
    [
      'accuracy, %                  rare     overall',
      '─────────────────────  ──────────  ──────────',
      'sigmoid cross entropy  12.0 ± 2.0  52.0 ± 2.0',
      'EQL                    15.0 ± 3.0  51.0 ± 2.0',
      '',
      'minus sigmoid cross entropy        rare     overall',
      '───────────────────────────  ──────────  ──────────',
      'EQL                          +3.0 ± 2.5  −1.0 ± 0.0',
    ].join('\n'),
  );
  t.deepEqual(comparisonMarkdown(rows).split('\n'), [
    '| accuracy, % | rare | overall | Δ rare | Δ overall |',
    '| --- | --- | --- | --- | --- |',
    '| sigmoid cross entropy | 12.0 ± 2.0 | 52.0 ± 2.0 |  |  |',
    '| EQL | 15.0 ± 3.0 | 51.0 ± 2.0 | +3.0 ± 2.5 | −1.0 ± 0.0 |',
  ]);
  t.is(comparisonCsv(rows).split('\n').length, 5);
  t.regex(comparisonCsv(rows), /^eql,EQL,overall,51,2,-1,0$/m);
});

test('a single seed has no spread', (t) => {
  const single = summarize(contenders('ce,eql'), [[{rare: 10}], [{rare: 12}]]);
  t.regex(comparisonText(single), /^EQL +12\.0$/m);
  t.regex(comparisonCsv(single), /^eql,EQL,rare,12,,2,$/m);
});

test('a group without classes has no figure', (t) => {
  const empty = summarize(contenders('ce,eql'), [[{frequent: Number.NaN}], [{frequent: Number.NaN}]]);
  t.regex(comparisonText(empty), /^EQL +–$/m);
  t.regex(comparisonCsv(empty), /^eql,EQL,frequent,,,,$/m);
});

test('the picture has a row for each method but the first', (t) => {
  const {all, texts, label} = readFigure(comparisonFigure(rows));
  t.true(texts.includes('EQL'));
  t.false(texts.includes('sigmoid cross entropy'));
  t.is(label, 'accuracy minus sigmoid cross entropy, points, of EQL, by rare, overall');
  t.is(all('g[aria-label="dot"] circle').length, 2);
});
