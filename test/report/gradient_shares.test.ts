import test from 'ava';
import fc from 'fast-check';
import {gradientShares} from '../../src/report/on_node';
import {COLORS, SERIES} from '../../src/report/theme';
import {numberOf, readFigure} from '../helpers/figure';

const amount = fc.double({min: 1e-3, max: 1e3, noNaN: true});

test('property: bar heights are the shares and together fill the panel', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({positive: amount, negative: amount, background: amount}), {
        minLength: 1,
        maxLength: 5,
      }),
      (classes) => {
        const {all} = readFigure(gradientShares({loss: classes}));
        const heights = (color: string) =>
          all(`g[aria-label="rect"] rect[fill="${color}"]`).map((bar) => numberOf(bar, 'height'));
        const [up, down, background] = [SERIES[2], COLORS.baseline, COLORS.eql].map(heights);
        const full = up[0] + down[0] + background[0];
        classes.forEach(({positive, negative, background: rest}, i) => {
          const total = positive + negative + rest;
          t.true(Math.abs(up[i] / full - positive / total) < 1e-6);
          t.true(Math.abs(down[i] / full - negative / total) < 1e-6);
          t.true(Math.abs(background[i] / full - rest / total) < 1e-6);
        });
      },
    ),
    {numRuns: 20},
  );
});

test('labels losses, sources and the rare side', (t) => {
  const classes = [
    {positive: 1, negative: 1, background: 0},
    {positive: 0, negative: 0, background: 0},
  ];
  const {texts} = readFigure(gradientShares({'cross entropy': classes, EQL: classes}, {rareFrom: 1}));
  for (const text of ['cross entropy', 'EQL', 'rare →', 'background (down)'])
    t.true(texts.includes(text), text);
  t.true(texts.some((text) => text.includes('share of its gradient, %')));
});

test('refuses losses without a class', (t) => {
  for (const empty of [{}, {loss: []}] as Record<string, []>[])
    t.throws(() => gradientShares(empty), {name: 'ValueError', message: /`losses`/});
});

test('with more classes than pixels, neighbors share a bar', (t) => {
  const classes = Array.from({length: 500}, (_, j) => ({
    positive: j % 2,
    negative: (j + 1) % 2,
    background: 0,
  }));
  const {all} = readFigure(gradientShares({loss: classes}));
  const bars = all(`g[aria-label="rect"] rect[fill="${SERIES[2]}"]`);
  const others = all(`g[aria-label="rect"] rect[fill="${COLORS.baseline}"]`);
  t.is(bars.length, 167); // 220 pixels hold 167 bars of three classes
  // The first three classes: up, by one of them.
  t.true(Math.abs(numberOf(others[0], 'height') - 2 * numberOf(bars[0], 'height')) < 1e-6);
});

test('a list of losses keeps its order, whatever the names', (t) => {
  const classes = [{positive: 1, negative: 1, background: 0}];
  const {texts} = readFigure(gradientShares(['9', '<1>'].map((name) => ({name, classes}))));
  t.deepEqual(
    texts.filter((text) => text === '9' || text === '<1>'),
    ['9', '<1>'],
  );
  t.throws(
    () =>
      gradientShares([
        {name: 'a', classes},
        {name: 'b', classes: []},
      ]),
    {name: 'ValueError'},
  );
});

test('refuses gradients that are not numbers, and a line beyond the classes', (t) => {
  const classes = [{positive: 1, negative: 1, background: 0}];
  const refused = (losses: unknown, message: RegExp, options = {}) =>
    t.throws(() => gradientShares(losses as never, options), {name: 'ValueError', message});
  refused(undefined, /`losses` to be an object/);
  refused({a: 'x'}, /`losses\.a` to be an array/);
  refused({a: [{positive: 1, negative: Number.NaN}]}, /`losses\.a\[0\]\.negative` to be a finite number ≥ 0/);
  refused({a: classes}, /`rareFrom` to be an integer ≥ 0 and ≤ 1/, {rareFrom: 2});
});
