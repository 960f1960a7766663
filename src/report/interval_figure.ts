import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import type {Estimate} from './estimate';
import {drawSvg} from './svg';
import {shorten, textWidth} from './text';
import {COLORS, type Setting} from './theme';

const FONT = 12;
const LONGEST_NAME = 360;
const PANEL = 230;
const ROW = 22;
const MARGIN = {top: 34, right: 20, bottom: 44};

/** What a row of an {@link intervalFigure} shows. */
export interface IntervalRow {
  /** Its name, at the left. */
  name: string;
  /** A value for each panel, by the panel's name; the same names in every row. NaN and intervals of NaN are not drawn. */
  values: Readonly<Record<string, Pick<Estimate, 'mean' | 'interval'>>>;
}

/** How an {@link intervalFigure} is drawn. */
export interface IntervalFigureOptions {
  /** Of the axis: what the values are, and their unit. */
  label: string;
  /** Where it will be looked at. Default: `'standalone'`. */
  setting?: Setting;
}

interface Point {
  row: string;
  panel: string;
  mean: number;
  low: number;
  high: number;
  /** Whether the interval is to one side of 0. */
  sure: boolean;
}

/**
 * Means with their intervals: a row for each name, a panel for each value, one scale for all. A dot is full where its
 * interval does not hold 0.
 *
 * @throws ValueError when there is no row.
 */
export function intervalFigure(rows: readonly IntervalRow[], options: IntervalFigureOptions): string {
  const {label, setting = 'standalone'} = options;
  if (rows.length === 0) reject('rows', 'at least one row', rows);
  const panels = Object.keys(rows[0].values);
  const names = rows.map(({name}) => shorten(name, LONGEST_NAME, FONT));
  const points = rows.flatMap(({values}, i) => panels.map((panel) => pointOf(`${i}`, panel, values[panel])));
  const drawn = points.filter(({mean}) => !Number.isNaN(mean));
  const spans = drawn.filter(({low, high}) => low < high);
  const left = 14 + Math.max(...names.map((name) => textWidth(name, FONT)));
  const place = {x: 'mean', y: 'row', fx: 'panel', r: 3, strokeWidth: 1.5, stroke: COLORS.eql} as const;
  return drawSvg(
    {
      width: left + PANEL * panels.length + MARGIN.right,
      height: MARGIN.top + ROW * rows.length + MARGIN.bottom,
      marginTop: MARGIN.top,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      marginLeft: left,
      ariaLabel: `${label}, of ${names.join(', ')}, by ${panels.join(', ')}`,
      fx: {domain: panels, label: null, padding: 0.14},
      x: {label, labelAnchor: 'center', grid: true, ticks: 4, nice: true, zero: true, labelArrow: 'none'},
      y: {
        type: 'band',
        domain: rows.map((_, i) => `${i}`),
        label: null,
        tickSize: 0,
        tickFormat: (row: string) => names[Number(row)],
      },
      marks: [
        Plot.ruleX([0], {stroke: 'currentColor'}),
        Plot.ruleY(spans, {x1: 'low', x2: 'high', y: 'row', fx: 'panel', stroke: COLORS.eql, strokeWidth: 2}),
        // Ends, which the dot would cover where an interval is short.
        ...(['low', 'high'] as const).map((x) =>
          Plot.tickX(spans, {x, y: 'row', fx: 'panel', inset: 6, stroke: COLORS.eql, strokeWidth: 1.5}),
        ),
        Plot.dot(
          drawn.filter(({sure}) => sure),
          {...place, fill: COLORS.eql},
        ),
        Plot.dot(
          drawn.filter(({sure}) => !sure),
          {...place, fill: setting === 'inline' ? 'canvas' : '#ffffff'},
        ),
      ],
    },
    setting,
  );
}

function pointOf(
  row: string,
  panel: string,
  {mean, interval = [mean, mean]}: Pick<Estimate, 'mean' | 'interval'>,
) {
  const [low, high] = interval;
  return {row, panel, mean, low, high, sure: low > 0 || high < 0} satisfies Point;
}
