import {reject} from '../core/errors';
import {count} from './axis';
import type {Estimate} from './estimate';
import {LEGEND_ROW, legend, legendRows} from './legend';
import {linePanel} from './line_panel';
import {drawSvg} from './svg';
import {type Setting, seriesStyle} from './theme';

const [WIDTH, HEIGHT] = [640, 360];
const MARGIN = {top: 48, right: 24, bottom: 44, left: 52};

/** What came of one value of a parameter. */
export interface SweepPoint {
  /** The parameter's value. */
  value: number;
  /** Results by their names; the same names at every value. */
  results: Readonly<Record<string, Estimate>>;
}

/** How a {@link sweepFigure} is drawn. */
export interface SweepFigureOptions {
  /** Name of the parameter, under the picture. */
  parameter: string;
  /** What the results are, and their unit. */
  label: string;
  /** Where it will be looked at. Default: `'standalone'`. */
  setting?: Setting;
}

/**
 * Results against the values of a parameter: a line for each, in a band of the 95 % interval of its mean where there are
 * several runs. Values have equal distances, in the order given, as 0 has no place on a logarithmic scale.
 *
 * @throws ValueError when there is no value.
 */
export function sweepFigure(points: readonly SweepPoint[], options: SweepFigureOptions): string {
  const {parameter, label, setting = 'standalone'} = options;
  if (points.length === 0) reject('points', 'those of at least one value', points);
  const names = Object.keys(points[0].results);
  const styles = names.map((_, i) => seriesStyle(i, names.length));
  const series = names.map((name, i) => ({
    ...styles[i],
    points: points.map(({results}, x) => {
      const {mean, interval} = results[name];
      return {x, y: mean, low: interval?.[0], high: interval?.[1]};
    }),
  }));
  const entries = names.map((name, i) => ({label: name, ...styles[i], line: 'solid' as const}));
  const width = WIDTH - MARGIN.left - MARGIN.right;
  const more = LEGEND_ROW * (Math.max(1, legendRows(entries, width)) - 1);
  return drawSvg(
    linePanel({
      series,
      width: WIDTH,
      height: HEIGHT + more,
      margins: {...MARGIN, top: MARGIN.top + more},
      x: {
        label: parameter,
        labelAnchor: 'center',
        domain: [-0.3, points.length - 0.7],
        ticks: points.map((_, x) => x),
        tickFormat: (x: number) => count(points[x].value),
        labelArrow: 'none',
      },
      y: {label, grid: true, nice: true, ticks: 6, labelArrow: 'none'},
      marks: legend(entries, width, 24),
      ariaLabel: `${label} of ${names.join(', ')} against ${parameter}`,
    }),
    setting,
  );
}
