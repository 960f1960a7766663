/**
 * Colours of the two models in every picture, from Okabe and Ito's palette for colour-blind readers. Orange and sky
 * blue differ in lightness as well, and stand out on white as on black.
 */
export const COLORS = {baseline: '#E69F00', eql: '#3A9BDC', rule: '#888888'} as const;

/** For more series than two, in the order in which they are given; of the same palette. */
export const SERIES = [COLORS.baseline, COLORS.eql, '#009E73', '#CC79A7', '#D55E00'] as const;

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
