import {dirname, join} from 'node:path';
import {Resvg} from '@resvg/resvg-js';

const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/**
 * Renders an SVG as PNG, at `scale` times its stated size. Uses its own typefaces, so that the picture looks the same on a
 * machine that has none.
 */
export function svgToPng(svg: string, scale = 2): Buffer {
  const resvg = new Resvg(svg, {
    fitTo: {mode: 'zoom', value: scale},
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(fonts, file)),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return Buffer.from(resvg.render().asPng());
}
