import test from 'ava';
import '../../src/report/linkedom_document';
import {frequencyBars} from '../../src/report/frequency_bars';
import {drawSvg} from '../../src/report/svg';
import {numberOf, readFigure} from '../helpers/figure';

const classes = [
  {name: 'a', amount: 1000, group: 'frequent'},
  {name: '<', amount: 100, group: 'common'},
  {name: 'c', amount: 10, group: 'rare'},
  {name: 'none', amount: 0, group: 'rare'},
];
const draw = (level?: number, of = classes) =>
  readFigure(
    drawSvg(
      frequencyBars({
        classes: of,
        level,
        label: 'samples',
        unit: 'samples',
        width: 400,
        height: 240,
        ariaLabel: 'bars',
      }),
      'inline',
    ),
  );

test('bar heights are the logarithms of the counts', (t) => {
  const heights = draw()
    .all('.bar rect')
    .map((bar) => numberOf(bar, 'height'));
  t.true(Math.abs(heights[0] - heights[1] - (heights[1] - heights[2])) < 1e-6);
  t.is(heights[3], 0);
});

test('marks classes below λ; without λ marks none', (t) => {
  t.is(draw().all('.spared rect').length, 0);
  t.deepEqual(
    draw(100)
      .all('.spared rect')
      .map((bar) => bar.textContent),
    ['c: 10 samples, rare', 'none: 0 samples, rare'],
  );
  t.is(draw(100).all('.lambda').length, 1);
});

test('brackets groups, and thins out names of very many classes', (t) => {
  const {texts, all} = draw(100);
  for (const text of ['a', '<', 'frequent', 'common', 'rare', 'samples']) t.true(texts.includes(text), text);
  t.is(all('.bracket').length, 3);
  const many = Array.from({length: 1230}, (_, j) => ({name: `class ${j}`, amount: 1230 - j, group: 'any'}));
  t.true(draw(5, many).all('.name text').length < 12);
  t.is(draw(5, many).all('.bar rect').length, 1230);
});
