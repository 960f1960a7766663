import * as Plot from '@observablehq/plot';
import {reject} from '../core/errors';
import {requireRecords} from '../core/require_fields';
import {requireObject} from '../core/require_object';
import {requireString} from '../core/require_string';
import {checkLook} from './check_look';
import type {Estimate} from './estimate';
import {requireEstimates} from './require_estimate';
import {drawSvg} from './svg';
import {shorten, textWidth} from './text';
import {COLORS, LEAST_WIDTH, type Look} from './theme';

const FONT = 12;
const LONGEST_NAME = 360;
const PANEL = 230;
const LEAST_PANEL = 140;
const ROW = 22;
const MARGIN = {top: 34, right: 20, bottom: 44};
/** Gaps between panels: horizontal as a share of a panel, vertical (from the second row) in pixels. */
const GAP = 0.14;
const TITLE = 30;

/** A row of an {@link intervalFigure}. */
export interface IntervalRow {
  /** Its name, at the left. */
  name: string;
  /** One value per panel, by the panel's name; the same names in every row. NaN and intervals of NaN are not drawn. */
  values: Readonly<Record<string, Pick<Estimate, 'mean' | 'interval'>>>;
}

/** Options of an {@link intervalFigure}. */
export interface IntervalFigureOptions extends Look {
  /** Label of the axis: the values and their unit. */
  label: string;
}

interface Point {
  row: string;
  /** Index of its panel. */
  column: number;
  line: number;
  mean: number;
  low: number;
  high: number;
  /** Whether the interval excludes 0. */
  sure: boolean;
}

/**
 * Draws means with their intervals: a row per name, a panel per value, one scale for all; panels wrap if they do not
 * fit side by side. A dot is filled if its interval excludes 0.
 *
 * @throws ValueError for invalid options, no rows, and values that are not numbers.
 */
export function intervalFigure(rows: readonly IntervalRow[], options: IntervalFigureOptions): string {
  checkLook('intervalFigure', options, ['label']);
  const {setting = 'standalone'} = options;
  const label = requireString('label', options.label);
  requireRecords('rows', rows, {name: requireString, values: requireObject});
  const panels = Object.keys(rows[0].values);
  if (panels.length === 0) reject('rows[0].values', 'at least one value by its name', rows[0].values);
  for (const [i, {values}] of rows.entries()) requireEstimates(`rows[${i}].values`, values, panels);
  const most = Math.max(LEAST_WIDTH, options.width ?? Number.POSITIVE_INFINITY);
  const names = rows.map(({name}) => shorten(name, Math.min(LONGEST_NAME, most / 3), FONT));
  const left = 14 + Math.max(...names.map((name) => textWidth(name, FONT)));
  const room = most - left - MARGIN.right;
  const columns = Math.max(1, Math.min(panels.length, Math.floor(room / LEAST_PANEL)));
  const frame = Math.min(PANEL * columns, Math.floor(room));
  const lines = Math.ceil(panels.length / columns);
  const title = (1 - GAP) * (frame / columns);
  const points = rows.flatMap(({values}, i) =>
    panels.map((panel, p) =>
      pointOf(`${i}`, {column: p % columns, line: Math.floor(p / columns)}, values[panel]),
    ),
  );
  const drawn = points.filter(({mean}) => !Number.isNaN(mean));
  const spans = drawn.filter(({low, high}) => low < high);
  const place = {
    x: 'mean',
    y: 'row',
    fx: 'column',
    fy: 'line',
    r: 3,
    strokeWidth: 1.5,
    stroke: COLORS.eql,
  } as const;
  return drawSvg(
    {
      width: left + frame + MARGIN.right,
      height: MARGIN.top + (ROW * rows.length + TITLE) * lines - TITLE + MARGIN.bottom,
      marginTop: MARGIN.top,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      marginLeft: left,
      ariaLabel: `${label}, of ${names.join(', ')}, by ${panels.join(', ')}`,
      fx: {axis: null, domain: [...Array(columns).keys()], paddingInner: GAP, paddingOuter: 0},
      fy: {
        axis: null,
        domain: [...Array(lines).keys()],
        paddingInner: TITLE / (ROW * rows.length + TITLE),
        paddingOuter: 0,
      },
      x: {
        label: shorten(label, frame, FONT),
        labelAnchor: 'center',
        grid: true,
        ticks: 4,
        nice: true,
        zero: true,
        labelArrow: 'none',
      },
      y: {
        type: 'band',
        domain: rows.map((_, i) => `${i}`),
        label: null,
        tickSize: 0,
        tickFormat: (row: string) => names[Number(row)],
      },
      marks: [
        Plot.text(panels, {
          fx: (_: string, p: number) => p % columns,
          fy: (_: string, p: number) => Math.floor(p / columns),
          frameAnchor: 'top',
          dy: -12,
          text: (panel: string) => shorten(panel, title, FONT),
          fill: 'currentColor',
        }),
        Plot.ruleX([0], {stroke: 'currentColor'}),
        Plot.ruleY(spans, {
          x1: 'low',
          x2: 'high',
          y: 'row',
          fx: 'column',
          fy: 'line',
          stroke: COLORS.eql,
          strokeWidth: 2,
        }),
        // Ends of the interval, which the dot would cover if it is short.
        ...(['low', 'high'] as const).map((x) =>
          Plot.tickX(spans, {
            x,
            y: 'row',
            fx: 'column',
            fy: 'line',
            inset: 6,
            stroke: COLORS.eql,
            strokeWidth: 1.5,
          }),
        ),
        Plot.dot(
          drawn.filter(({sure}) => sure),
          {...place, fill: COLORS.eql},
        ),
        Plot.dot(
          drawn.filter(({sure}) => !sure),
          {...place, fill: setting === 'inline' ? 'var(--longtail-ground, canvas)' : '#ffffff'},
        ),
      ],
    },
    setting,
  );
}

function pointOf(
  row: string,
  place: {column: number; line: number},
  {mean, interval = [mean, mean]}: Pick<Estimate, 'mean' | 'interval'>,
) {
  const [low, high] = interval;
  return {row, ...place, mean, low, high, sure: low > 0 || high < 0} satisfies Point;
}
