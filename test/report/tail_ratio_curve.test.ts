import test from 'ava';
import {tailRatioCurve} from '../../src/report/on_node';
import {numberOf, pointsOf, readFigure} from '../helpers/figure';

// Shares of the label mass: 1/16, 3/16, 12/16.
const frequencies = [0.01, 0.03, 0.12];

test("the curve rises by a class's share as λ passes its frequency", (t) => {
  const {all} = readFigure(tailRatioCurve(frequencies));
  const [curve] = all('g[aria-label="line"] path').map(pointsOf);
  const heights = [...new Set(curve.map(([, y]) => y))];
  const [ground, top] = [heights[0], heights[heights.length - 1]];
  const shares = heights.map((y) => ((ground - y) / (ground - top)) ** 2);
  for (const [i, share] of [0, 1 / 16, 4 / 16, 1].entries()) {
    t.true(Math.abs(shares[i] - share) < 1e-3, `${shares}`);
  }
});

test('marks each λ on the curve, with its label and its tail ratio', (t) => {
  const {all, texts} = readFigure(tailRatioCurve(frequencies, {marks: {mine: 0.02, theirs: 0.1}}));
  // Dots of the legend have a position, not a value.
  const dots = all('g[aria-label="dot"] circle').filter((dot) => !dot.closest('[transform*="translate"]'));
  t.is(dots.length, 2);
  t.true(numberOf(dots[0], 'cx') < numberOf(dots[1], 'cx'));
  const all_ = texts.join('\n');
  for (const text of ['mine: λ = 0.02', '6.3 % of the samples', 'theirs: λ = 0.1', '25.0 % of the samples']) {
    t.true(all_.includes(text), `${text} in ${all_}`);
  }
});
