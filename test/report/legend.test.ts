import test from 'ava';
import '../../src/report/linkedom_document';
import fc from 'fast-check';
import {LEGEND_ROW, legend, legendRows} from '../../src/report/legend';
import {drawSvg} from '../../src/report/svg';
import {textWidth} from '../../src/report/text';
import {readFigure} from '../helpers/figure';

test('property: no entry exceeds the width, covers another, or loses its name', (t) => {
  const names = fc.array(fc.string({minLength: 1, maxLength: 60}), {minLength: 1, maxLength: 8});
  fc.assert(
    fc.property(names, fc.integer({min: 120, max: 800}), (labels, width) => {
      const entries = labels.map((label) => ({label, color: '#009E73'}));
      const svg = drawSvg(
        {width: width + 60, height: 400, margin: 30, marginTop: 200, marks: legend(entries, width)},
        'standalone',
      );
      const boxes = readFigure(svg)
        .all('text')
        .map((text) => {
          // Relative to the frame's corner, as the text's own position.
          const [x, y] = (text.parentElement?.getAttribute('transform') ?? '')
            .match(/-?[\d.]+/g)!
            .map(Number);
          return {x, y, width: textWidth(text.firstChild?.textContent ?? '', 12)};
        });
      t.is(new Set(boxes.map(({y}) => y)).size <= legendRows(entries, width), true);
      boxes.forEach(({x, y, width: wide}, i) => {
        t.true(x >= 14 && x + wide <= width + 1e-6, JSON.stringify({x, wide, width, labels}));
        for (const other of boxes.slice(0, i)) {
          t.true(Math.abs(other.y - y) >= LEGEND_ROW || other.x + other.width <= x);
        }
      });
    }),
    {numRuns: 15},
  );
});

test('a truncated label has its full text as title', (t) => {
  const label = 'a model with a name that is far too long for the row it is given';
  const svg = drawSvg({marginTop: 60, marks: legend([{label, color: '#000'}], 150)}, 'standalone');
  t.is(readFigure(svg).all('text > title')[0].textContent, label);
});
