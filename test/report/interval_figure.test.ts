import test from 'ava';
import {intervalFigure} from '../../src/report/on_node';
import {numberOf, readFigure} from '../helpers/figure';

const rows = [
  {name: 'EQL', values: {rare: {mean: 4, interval: [2, 6]}, overall: {mean: 1, interval: [-1, 3]}}},
  {name: 'focal', values: {rare: {mean: -2, interval: [-3, -1]}, overall: {mean: Number.NaN}}},
] as const;

const draw = (...args: Parameters<typeof intervalFigure>) => readFigure(intervalFigure(...args));

test('draws dots in the middle of their intervals, on one scale, filled if the interval excludes 0', (t) => {
  const {all} = draw(rows, {label: 'points'});
  const spans = all('g[aria-label="rule"] line')
    .filter((line) => line.getAttribute('x1') !== line.getAttribute('x2'))
    .map((line) => [numberOf(line, 'x1'), numberOf(line, 'x2'), numberOf(line, 'y1')]);
  t.is(spans.length, 3);
  const widths = spans.map(([from, to]) => Math.abs(to - from)).sort((a, b) => a - b);
  t.true(Math.abs(widths[1] - 2 * widths[0]) < 0.01 && Math.abs(widths[2] - widths[1]) < 0.01, `${widths}`);
  const ends = all('g[aria-label="tick"] line').map((line) => numberOf(line, 'x1'));
  t.deepEqual(
    ends.sort((a, b) => a - b),
    spans.flatMap(([from, to]) => [from, to]).sort((a, b) => a - b),
  );
  const dots = all('g[aria-label="dot"] circle');
  t.is(dots.length, 3);
  const fillOf = (dot: Element) => dot.closest('[fill]')?.getAttribute('fill');
  t.deepEqual(dots.map((dot) => fillOf(dot) === '#ffffff').sort(), [false, false, true]);
  for (const dot of dots) {
    t.true(
      spans.some(
        ([from, to, y]) =>
          Math.abs((from + to) / 2 - numberOf(dot, 'cx')) < 0.01 && Math.abs(y - numberOf(dot, 'cy')) < 0.01,
      ),
    );
  }
});

test('labels rows, panels and the axis', (t) => {
  const {texts, label} = draw(rows, {label: 'accuracy, points'});
  for (const text of ['EQL', 'focal', 'rare', 'overall']) t.true(texts.includes(text), text);
  t.true(texts.some((text) => text.includes('accuracy, points')));
  t.is(label, 'accuracy, points, of EQL, focal, by rare, overall');
});

test('draws single runs as dots without intervals', (t) => {
  const single = [{name: 'EQL', values: {rare: {mean: 4}, overall: {mean: 1}}}];
  const {all} = draw(single, {label: 'points'});
  t.is(all('g[aria-label="dot"] circle').length, 2);
  t.deepEqual(
    all('g[aria-label="rule"] line').filter((line) => line.getAttribute('x1') !== line.getAttribute('x2')),
    [],
  );
});

test('refuses no rows', (t) => {
  t.throws(() => intervalFigure([], {label: 'points'}), {name: 'ValueError', message: /^Expected `rows`/});
});

test('refuses non-numbers, names missing from some rows, and unknown options', (t) => {
  const refused = (rows: unknown, message: RegExp, options = {}) =>
    t.throws(() => intervalFigure(rows as never, {label: 'points', ...options}), {
      name: 'ValueError',
      message,
    });
  const [one, both] = [{a: {mean: 1}}, {a: {mean: 1}, b: {mean: 2}}].map((given) => ({
    name: 'a',
    values: given,
  }));
  refused(undefined, /`rows` to be an array/);
  refused([both, one], /`rows\[1\]\.values\.b` to be an object/);
  refused([{name: 'a', values: {}}], /`rows\[0\]\.values` to be at least one/);
  refused([{name: 'a', values: {a: {mean: 'x'}}}], /`rows\[0\]\.values\.a\.mean` to be a finite number/);
  refused([one], /`label` to be a string/, {label: 3});
  refused([one], /"foo"/, {foo: 1});
});
