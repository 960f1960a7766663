import test from 'ava';
import {sweepFigure} from '../../src/report/on_node';
import {pointsOf, readFigure} from '../helpers/figure';

const points = [0, 0.0001, 0.01].map((value, i) => ({
  value,
  results: {
    rare: {mean: 10 + i, sd: 1, interval: [9 + i, 11 + i] as const},
    overall: {mean: 20 - 2 * i},
  },
}));
const options = {parameter: 'λ of EQL', label: 'accuracy, %'};

test('draws a line per result, equally spaced, in a band if there are intervals', (t) => {
  const {all} = readFigure(sweepFigure(points, options));
  const lines = all('g[aria-label="line"] path').map(pointsOf);
  t.is(lines.length, 2);
  const [rare, overall] = lines;
  t.true(Math.abs(rare[1][0] - rare[0][0] - (rare[2][0] - rare[1][0])) < 0.01);
  const perPoint = rare[0][1] - rare[1][1];
  t.true(perPoint > 0);
  t.true(Math.abs(overall[1][1] - overall[0][1] - 2 * perPoint) < 0.01);
  t.is(all('g[aria-label="area"] path').length, 1);
});

test('labels values, results and axes', (t) => {
  const {texts, label} = readFigure(sweepFigure(points, options));
  for (const text of ['0', '10⁻⁴', '0.01', 'rare', 'overall', 'λ of EQL', 'accuracy, %']) {
    t.true(texts.includes(text), `${text} in ${texts}`);
  }
  t.is(label, 'accuracy, % of rare, overall against λ of EQL');
});

test('refuses no values', (t) => {
  t.throws(() => sweepFigure([], options), {name: 'ValueError', message: /^Expected `points`/});
});

test('refuses non-numbers, names missing from some points, and unknown options', (t) => {
  const refused = (rows: unknown, message: RegExp, options = {}) =>
    t.throws(() => sweepFigure(rows as never, {parameter: 'λ', label: 'points', ...options}), {
      name: 'ValueError',
      message,
    });
  const [one, both] = [{a: {mean: 1}}, {a: {mean: 1}, b: {mean: 2}}].map((given) => ({
    value: 1,
    results: given,
  }));
  refused(undefined, /`points` to be an array/);
  refused([both, one], /`points\[1\]\.results\.b` to be an object/);
  refused([{value: 1, results: {}}], /`points\[0\]\.results` to be at least one/);
  refused([{value: 1, results: {a: {mean: 'x'}}}], /`points\[0\]\.results\.a\.mean` to be a finite number/);
  refused([one], /`label` to be a string/, {label: 3});
  refused([one], /"foo"/, {foo: 1});
});
