import * as Plot from '@observablehq/plot';
import {shorten, textWidth} from './text';

export interface LegendEntry {
  label: string;
  /** A number after the label, never truncated. */
  value?: string;
  color: string;
  symbol?: Plot.SymbolType;
  /** Style of the line it stands for. */
  line?: 'solid' | 'dashed';
}

const FONT = 12;
const GAP = 17;
/** Pixels from one row of a legend to the next. */
export const LEGEND_ROW = 18;

interface Place {
  entry: LegendEntry;
  text: string;
  dx: number;
  row: number;
}

/**
 * Lays out a legend in rows no wider than `width`; a label too long for a row is truncated and has its full text as
 * title. The value after it is never truncated.
 */
function places(entries: readonly LegendEntry[], width: number): Place[] {
  let [dx, row] = [0, 0];
  return entries.map((entry) => {
    const sign = signWidth(entry);
    const {label, value = ''} = entry;
    const text = shorten(label, width - sign - textWidth(value, FONT), FONT) + value;
    const wide = sign + textWidth(text, FONT);
    if (dx > 0 && dx + wide > width) [dx, row] = [0, row + 1];
    const place = {entry, text, dx, row};
    dx += wide + GAP;
    return place;
  });
}

/** Number of rows of a legend at this width. */
export function legendRows(entries: readonly LegendEntry[], width: number): number {
  return Math.max(0, ...places(entries, width).map(({row}) => row + 1));
}

/**
 * A legend above the frame, from its left edge, the last row `raise` pixels up. Made of marks: Plot's own legend would
 * be HTML outside the picture, and lost in a file.
 *
 * @param width Largest width of a row, in pixels.
 */
export function legend(entries: readonly LegendEntry[], width: number, raise = 26): Plot.Markish[] {
  const placed = places(entries, width);
  const last = placed.at(-1)?.row ?? 0;
  return placed.flatMap(({entry, text, dx, row}) => {
    const at = {frameAnchor: 'top-left', dy: -raise - LEGEND_ROW * (last - row)} as const;
    return [
      ...sign(entry, at, dx),
      Plot.text([entry.label], {
        ...at,
        dx: dx + signWidth(entry),
        text: () => text,
        title: (label: string) => (text.startsWith(label) ? undefined : label),
        textAnchor: 'start',
        lineAnchor: 'middle',
        fill: 'currentColor',
      }),
    ];
  });
}

/** Height of a legend as a header of panels, in pixels. */
export function legendHeight(entries: readonly LegendEntry[], width: number): number {
  return LEGEND_ROW * legendRows(entries, width) + 10;
}

/** A legend as a separate plot, above panels that share it. */
export function legendPlot(
  entries: readonly LegendEntry[],
  width: number,
  marginLeft: number,
): Plot.PlotOptions {
  const height = legendHeight(entries, width);
  return {
    width: width + marginLeft,
    height,
    marginTop: height,
    marginRight: 0,
    marginBottom: 0,
    marginLeft,
    marks: legend(entries, width, 14),
  };
}

function signWidth({line}: LegendEntry): number {
  return line ? 28 : 15;
}

function sign(
  {color, symbol, line}: LegendEntry,
  at: {frameAnchor: 'top-left'; dy: number},
  dx: number,
): Plot.Markish[] {
  const dot = {...at, symbol: symbol ?? 'circle', fill: color, stroke: 'none'} as const;
  if (!line) return [Plot.dot([0], {...dot, dx: dx + 5, r: 5})];
  const drawn = Plot.vector([0], {
    ...at,
    dx,
    rotate: 90,
    anchor: 'start',
    length: 22,
    shape: {draw: stroke},
    stroke: color,
    strokeWidth: 2,
    strokeDasharray: line === 'dashed' ? '5,4' : undefined,
  });
  return symbol === undefined ? [drawn] : [drawn, Plot.dot([0], {...dot, dx: dx + 11, r: 4})];
}

function stroke(path: CanvasPath, length: number): void {
  path.moveTo(0, 0);
  path.lineTo(0, -length);
}
