import test from 'ava';
import '../../src/report/linkedom_document';
import {linePanel} from '../../src/report/line_panel';
import {drawSvg} from '../../src/report/svg';
import {pointsOf, readFigure} from '../helpers/figure';

const panel = (dots: 'all' | 'last') =>
  readFigure(
    drawSvg(
      linePanel({
        series: [
          {
            points: [
              {x: 0, y: 0},
              {x: 1, y: 1},
              {x: 2, y: 0.5, low: 0.25, high: 0.75},
            ],
            color: 'var(--mine)',
            className: 'line mine',
          },
          {
            points: [
              {x: 0, y: 1},
              {x: 1, y: NaN},
              {x: 2, y: 1},
            ],
            color: '#009E73',
            dashed: true,
          },
        ],
        dots,
        width: 220,
        height: 120,
        margins: {top: 10, right: 10, bottom: 10, left: 10},
        x: {domain: [0, 2], axis: null},
        y: {domain: [0, 1], axis: null},
        ariaLabel: 'lines',
      }),
      'inline',
    ),
  );

test('lines follow their values, with their own CSS class', (t) => {
  const {all} = panel('all');
  t.deepEqual(pointsOf(all('.mine path')[0]), [
    [10, 110],
    [110, 10],
    [210, 60],
  ]);
  t.is(all('.mine')[0].getAttribute('stroke'), 'var(--mine)');
  t.is(all('circle').length, 5, 'NaN has no dot');
  t.is(all('g[aria-label="area"]').length, 1);
});

test('a live chart has dots at the ends of its lines', (t) => {
  t.is(panel('last').all('circle').length, 2);
});
