/**
 * Colors of two models in every picture, from Okabe and Ito's palette for color-blind readers. Orange and sky blue also
 * differ in lightness, and stand out on both white and black.
 */
export const COLORS = {baseline: '#E69F00', eql: '#3A9BDC', rule: '#888888'} as const;

/**
 * Colors of up to eight series, in order: Okabe and Ito's, then three that are furthest from those before them for
 * readers with each kind of color blindness.
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

/** A series' symbol, by Plot's name. */
export type SeriesSymbol = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross' | 'wye';

const SYMBOLS: readonly SeriesSymbol[] = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye'];

/** Style of one of `count` series. More than two also differ in their symbols; beyond eight, colors repeat. */
export function seriesStyle(index: number, count: number): {color: string; symbol: SeriesSymbol} {
  const symbol = count <= 2 ? 'circle' : SYMBOLS[index % SYMBOLS.length];
  return {color: SERIES[index % SERIES.length], symbol};
}

/** From rare to frequent: blue, green and red of the palette, each with its own symbol. */
export const GROUPS = [
  {color: '#D55E00', symbol: 'triangle'},
  {color: '#009E73', symbol: 'diamond'},
  {color: COLORS.eql, symbol: 'circle'},
] as const;

/**
 * Where a picture will be shown: standalone (a file, dark on white), inline in a page with its own colors, or as an
 * image in a page, light or dark as the reader prefers.
 */
export type Setting = 'standalone' | 'inline' | 'image';

/** Where a picture is shown, and how wide it may be. */
export interface Look {
  /** Where it will be shown. Default: `'standalone'`. */
  setting?: Setting;
  /** Available width in pixels: the layout adapts, so that type keeps its size on a phone. */
  width?: number;
}

/** The smallest width that pictures are laid out for. */
export const LEAST_WIDTH = 280;

/** The width of a picture: the available one, but no less than the smallest. */
export function laidOut(width: number | undefined, otherwise: number): number {
  return Math.max(LEAST_WIDTH, Math.round(width ?? otherwise));
}
