import test from 'ava';
import {scalingFigure} from './scaling_figure';

const points = [
  {name: 'slow', elements: 100, ms: 0.1},
  {name: 'slow', elements: 10_000, ms: 10},
  {name: 'fast', elements: 100, ms: 0.01},
  {name: 'fast', elements: 10_000, ms: 9.9},
];

test('a line, its points and its name for each contender, and units on the axes', (t) => {
  const svg = scalingFigure(points);
  t.is(svg.match(/<circle/g)?.length, points.length);
  for (const text of ['slow', 'fast', 'logits in the batch, n · C', 'loss and gradient, ms', '10⁴']) {
    t.true(svg.includes(text), text);
  }
});

test('names of lines that end side by side do not lie on each other', (t) => {
  const svg = scalingFigure(points);
  const heights = ['slow', 'fast'].map((name) => {
    const place = svg.match(new RegExp(`transform="translate\\(([\\d.]+),([\\d.]+)\\)"[^>]*>${name}<`));
    return Number(place?.[2]);
  });
  t.true(heights.every(Number.isFinite));
  t.true(Math.abs(heights[0] - heights[1]) >= 12);
});
