import type * as Plot from '@observablehq/plot';
import {pictureDocument} from './picture_document';
import {plotElement} from './plot_element';
import {escapeHtml} from './table';
import {printable} from './text';
import type {Setting} from './theme';

const FONT = 'DejaVu Sans, Verdana, sans-serif';
const DARK = '@media (prefers-color-scheme: dark) { svg { color: #dddddd; } .ground { fill: #111111; } }';

/**
 * Draws a plot as text.
 *
 * @returns A complete SVG document: standalone, dark on white; inline, in the color of the page's text; as an image,
 *   dark on white or light on black.
 */
export function drawSvg(options: Plot.PlotOptions, setting: Setting): string {
  return drawPanels([options], setting, {ariaLabel: options.ariaLabel ?? ''});
}

/**
 * Draws plots of one size as panels of one picture, `columns` side by side (default: all), below a header of another
 * size.
 */
export function drawPanels(
  panels: readonly Plot.PlotOptions[],
  setting: Setting,
  {
    ariaLabel,
    columns = panels.length,
    header,
  }: {ariaLabel: string; columns?: number; header?: Plot.PlotOptions},
): string {
  const {width = 640, height = 400} = panels[0];
  const top = header?.height ?? 0;
  const contents = panels.map((options, i) => {
    const [x, y] = [(i % columns) * width, top + Math.floor(i / columns) * height];
    const content = contentOf(options);
    return panels.length === 1 && !header ? content : `<g transform="translate(${x},${y})">${content}</g>`;
  });
  if (header) contents.unshift(contentOf(header));
  const size = {width: columns * width, height: top + Math.ceil(panels.length / columns) * height};
  return svgDocument(contents.join('\n'), {...size, ariaLabel}, setting);
}

function contentOf(options: Plot.PlotOptions): string {
  return printable(plotElement(options, pictureDocument()).innerHTML).replaceAll('&nbsp;', '&#160;');
}

interface Frame {
  width: number;
  height: number;
  ariaLabel: string;
}

/** Puts the drawing on the background that the setting requires. */
function svgDocument(content: string, {width, height, ariaLabel}: Frame, setting: Setting): string {
  const ground = `<rect class="ground" width="100%" height="100%" fill="#ffffff"/>`;
  const [attributes, before] = {
    standalone: ['color="#222222"', ground],
    inline: ['style="max-width: 100%; height: auto;"', ''],
    image: ['color="#222222"', `<style>${DARK}</style>${ground}`],
  }[setting];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `fill="currentColor" font-family="${FONT}" font-size="12" text-anchor="middle" role="img" ` +
    `aria-label="${escapeHtml(printable(ariaLabel))}" ${attributes}>${before}${content}</svg>`
  );
}
