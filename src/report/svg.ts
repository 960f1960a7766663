import * as Plot from '@observablehq/plot';
import {parseHTML} from 'linkedom';
import type {Setting} from './theme';

const FONT = 'DejaVu Sans, Verdana, sans-serif';

/**
 * Draws a plot without a browser.
 *
 * @returns A complete SVG document. Standalone it is dark on white; inline it takes the colour of the page's text.
 */
export function drawSvg(options: Plot.PlotOptions, setting: Setting): string {
  const {document} = parseHTML('<!doctype html><html><body></body></html>');
  const plot = Plot.plot({
    ...options,
    document: document as unknown as Document,
    figure: false,
  } as Plot.PlotOptions);
  const svg = plot as unknown as SVGSVGElement;
  // Plot styles itself by a sheet that converters of SVG do not all read; attributes they do.
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('font-family', FONT);
  svg.setAttribute('role', 'img');
  if (options.ariaLabel) svg.setAttribute('aria-label', options.ariaLabel);
  if (setting === 'inline') {
    svg.setAttribute('style', 'max-width: 100%; height: auto;');
  } else {
    svg.setAttribute('color', '#222222');
    svg.removeAttribute('style');
    const background = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({width: '100%', height: '100%', fill: '#ffffff'})) {
      background.setAttribute(name, value);
    }
    svg.insertBefore(background as unknown as Node, svg.firstChild);
  }
  return svg.outerHTML;
}
