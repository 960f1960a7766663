import * as Plot from '@observablehq/plot';

/** Draws a plot with the elements of `document`, a browser's or one in Node. */
export function plotElement(options: Plot.PlotOptions, document: Document): Element {
  // Plot's types lack `figure`, which would otherwise wrap plots that have a title.
  const plot = Plot.plot({...options, document, figure: false} as Plot.PlotOptions) as Element;
  // Plot adds a style sheet, which not all SVG converters read; they do read attributes.
  for (const style of [...plot.querySelectorAll('style')]) style.remove();
  return plot;
}
