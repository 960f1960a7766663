/**
 * Colours of two models in every picture, from Okabe and Ito's palette for colour-blind readers. Orange and sky
 * blue differ in lightness as well, and stand out on white as on black.
 */
export const COLORS = {baseline: '#E69F00', eql: '#3A9BDC', rule: '#888888'} as const;

/**
 * Up to eight series, in the order in which they are given: Okabe and Ito's, then three of the colours furthest from
 * those before them for readers with each kind of colour blindness.
 */
export const SERIES = [
  COLORS.baseline,
  COLORS.eql,
  '#009E73',
  '#CC79A7',
  '#D55E00',
  '#6000E0',
  '#804020',
  '#604080',
] as const;

/** A sign of a series, as Plot calls it. */
export type SeriesSymbol = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross' | 'wye';

const SYMBOLS: readonly SeriesSymbol[] = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye'];

/** How one of `count` series looks. More than two differ in their symbols too; beyond eight, colours repeat. */
export function seriesStyle(index: number, count: number): {color: string; symbol: SeriesSymbol} {
  const symbol = count <= 2 ? 'circle' : SYMBOLS[index % SYMBOLS.length];
  return {color: SERIES[index % SERIES.length], symbol};
}

/** From rare to frequent; blue, green and red of the palette, each with a symbol of its own besides. */
export const GROUPS = [
  {color: '#D55E00', symbol: 'triangle'},
  {color: '#009E73', symbol: 'diamond'},
  {color: COLORS.eql, symbol: 'circle'},
] as const;

/**
 * Where a picture will be looked at: on its own (a file, dark on white), inside a page that has its own colours, or as
 * an image in a page, where it is light or dark as the reader prefers.
 */
export type Setting = 'standalone' | 'inline' | 'image';

/** Where a picture is looked at, and how wide it may be there. */
export interface Look {
  /** Where it will be looked at. Default: `'standalone'`. */
  setting?: Setting;
  /** Pixels that it may take: it is laid out for them, so that type keeps its size on a phone. */
  width?: number;
}

/** The narrowest that pictures are laid out for. */
export const LEAST_WIDTH = 280;

/** The width that a picture gets: what it may take, but not less than pictures need. */
export function laidOut(width: number | undefined, otherwise: number): number {
  return Math.max(LEAST_WIDTH, Math.round(width ?? otherwise));
}
