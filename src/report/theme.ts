/**
 * Colours of the two models in every picture, from Okabe and Ito's palette for colour-blind readers. Orange and sky
 * blue differ in lightness as well, and stand out on white as on black.
 */
export const COLORS = {baseline: '#E69F00', eql: '#3A9BDC', rule: '#888888'} as const;

/** Where a picture will be looked at: on its own (a file), or inside a page that has its own colours. */
export type Setting = 'standalone' | 'inline';
