import {legend} from '../../src/report/legend';
import {linePanel} from '../../src/report/line_panel';
import '../../src/report/linkedom_document';
import {drawSvg} from '../../src/report/svg';
import {type Setting, seriesStyle} from '../../src/report/theme';
import type {Summary} from './summary';

const WIDTH = 760;
const MARGINS = {top: 64, right: 24, bottom: 44, left: 52};
const SHOWN = ['APr', 'APc', 'APf', 'AP'];

/** Differences of average precision from the first contender over λ, for those that have one. */
export function lambdaFigure(rows: readonly Summary[], setting: Setting = 'standalone'): string {
  const swept = rows.filter(({lambda}) => lambda !== undefined);
  const series = SHOWN.map((name, i) => ({
    ...seriesStyle(i, SHOWN.length),
    points: swept.map(({lambda, scores}) => {
      const {difference, interval} = scores[name];
      const band = interval && {low: difference - interval, high: difference + interval};
      return {x: lambda!, y: difference, ...band};
    }),
  }));
  const entries = SHOWN.map((label, i) => ({label, ...seriesStyle(i, SHOWN.length)}));
  return drawSvg(
    linePanel({
      series,
      width: WIDTH,
      height: 360,
      margins: MARGINS,
      x: {type: 'log', label: 'λ', grid: true},
      y: {label: `points above ${rows[0].title}`, grid: true, zero: true},
      marks: legend(entries, WIDTH - MARGINS.left - MARGINS.right, 30),
      ariaLabel: 'Average precision by λ',
    }),
    setting,
  );
}
