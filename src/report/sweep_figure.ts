import {reject} from '../core/errors';
import {requireRecords} from '../core/require_fields';
import {requireNumber} from '../core/require_number';
import {requireObject} from '../core/require_object';
import {requireString} from '../core/require_string';
import {count} from './axis';
import {checkLook} from './check_look';
import type {Estimate} from './estimate';
import {LEGEND_ROW, legend, legendRows} from './legend';
import {linePanel} from './line_panel';
import {requireEstimates} from './require_estimate';
import {drawSvg} from './svg';
import {shorten, textWidth} from './text';
import {type Look, laidOut, seriesStyle} from './theme';

const [WIDTH, HEIGHT] = [640, 360];
const MARGIN = {top: 48, right: 24, bottom: 44, left: 52};

/** Results for one value of a parameter. */
export interface SweepPoint {
  /** The parameter's value. */
  value: number;
  /** Results by name; the same names at every value. */
  results: Readonly<Record<string, Estimate>>;
}

/** Options of a {@link sweepFigure}. */
export interface SweepFigureOptions extends Look {
  /** Name of the parameter, below the picture. */
  parameter: string;
  /** Label of the axis: the results and their unit. */
  label: string;
}

/**
 * Draws results against the values of a parameter: a line for each, in a band of the 95 % interval of its mean if there
 * are several runs. Values are equally spaced, in the order given, as a logarithmic scale cannot show 0.
 *
 * @throws ValueError for invalid options, no values, and results that are not numbers.
 */
export function sweepFigure(points: readonly SweepPoint[], options: SweepFigureOptions): string {
  checkLook('sweepFigure', options, ['parameter', 'label']);
  const {setting = 'standalone'} = options;
  const [parameter, label] = [
    requireString('parameter', options.parameter),
    requireString('label', options.label),
  ];
  requireRecords('points', points, {
    value: (path, value) => requireNumber(path, value),
    results: requireObject,
  });
  const names = Object.keys(points[0].results);
  if (names.length === 0) reject('points[0].results', 'at least one result by its name', points[0].results);
  for (const [i, {results}] of points.entries()) requireEstimates(`points[${i}].results`, results, names);
  const styles = names.map((_, i) => seriesStyle(i, names.length));
  const series = names.map((name, i) => ({
    ...styles[i],
    points: points.map(({results}, x) => {
      const {mean, interval} = results[name];
      return {x, y: mean, low: interval?.[0], high: interval?.[1]};
    }),
  }));
  const entries = names.map((name, i) => ({label: name, ...styles[i], line: 'solid' as const}));
  const wide = laidOut(options.width, WIDTH);
  const width = wide - MARGIN.left - MARGIN.right;
  const more = LEGEND_ROW * (Math.max(1, legendRows(entries, width)) - 1);
  const values = points.map(({value}) => count(value));
  const slot = width / Math.max(1, points.length - 0.4);
  // If values would overlap, shows only every second, or every third …
  const every = Math.ceil((Math.max(...values.map((text) => textWidth(text, 12))) + 4) / slot);
  return drawSvg(
    linePanel({
      series,
      width: wide,
      height: HEIGHT + more,
      margins: {...MARGIN, top: MARGIN.top + more},
      x: {
        label: shorten(parameter, width, 12),
        labelAnchor: 'center',
        domain: [-0.3, points.length - 0.7],
        ticks: points.map((_, x) => x),
        tickFormat: (x: number) => (x % every === 0 ? values[x] : ''),
        labelArrow: 'none',
      },
      y: {label: shorten(label, wide - 20, 12), grid: true, nice: true, ticks: 6, labelArrow: 'none'},
      marks: legend(entries, width, 24),
      ariaLabel: `${label} of ${names.join(', ')} against ${parameter}`,
    }),
    setting,
  );
}
