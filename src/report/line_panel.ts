import * as Plot from '@observablehq/plot';
import type {LinePoint} from './line_point';

export interface LineSeries {
  points: readonly LinePoint[];
  color: string;
  dashed?: boolean;
  symbol?: Plot.SymbolType;
  /** CSS class of the line's group. */
  className?: string;
}

export interface LinePanelOptions {
  series: readonly LineSeries[];
  /** Points that get a dot. Default: all. */
  dots?: 'all' | 'last' | 'none';
  width: number;
  height: number;
  margins: {top: number; right: number; bottom: number; left: number};
  x: Plot.ScaleOptions;
  y: Plot.ScaleOptions;
  /** Further marks, such as a legend. */
  marks?: readonly Plot.Markish[];
  ariaLabel?: string;
}

/** Draws lines over steps or epochs: a panel of a history in Node, a live chart in a page. */
export function linePanel(options: LinePanelOptions): Plot.PlotOptions {
  const {series, dots = 'all', width, height, margins, x, y, marks = [], ariaLabel} = options;
  return {
    width,
    height,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    ariaLabel,
    x,
    y,
    marks: [...series.flatMap((line) => lineMarks(line, dots)), ...marks],
  };
}

function lineMarks(
  {points, color, dashed = false, symbol = 'circle', className}: LineSeries,
  dots: 'all' | 'last' | 'none',
): Plot.Markish[] {
  const at = {x: 'x', y: 'y'};
  const banded = points.filter(({low, high}) => low !== undefined && high !== undefined);
  return [
    ...(banded.length > 0
      ? [Plot.areaY(banded, {x: 'x', y1: 'low', y2: 'high', fill: color, fillOpacity: 0.18})]
      : []),
    Plot.line(points, {
      ...at,
      stroke: color,
      strokeWidth: 2,
      strokeDasharray: dashed ? '5,4' : undefined,
      className,
    }),
    Plot.dot(dots === 'all' ? points : points.slice(dots === 'last' ? -1 : points.length), {
      ...at,
      fill: color,
      symbol,
      r: dots === 'last' ? 3.5 : 3,
      stroke: 'none',
    }),
  ];
}
