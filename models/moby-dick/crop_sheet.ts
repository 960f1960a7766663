import {createCanvas} from '@napi-rs/canvas';
import {reject} from '../../src/core/errors';
import {escapeHtml} from '../../src/report/table';
import {COLORS, type Setting} from '../../src/report/theme';

/** A crop, the character that it shows, and each model's prediction. */
export interface JudgedCrop {
  /** Gray levels, `side²`, ink bright. */
  pixels: Uint8Array;
  actual: string;
  baseline: string;
  eql: string;
}

const CELL = {width: 108, height: 128, image: 72};
const COLUMNS = 8;

/**
 * Draws crops in a grid, each with its character and the models' predictions.
 *
 * @throws ValueError when a crop is not square.
 */
export function cropSheet(crops: readonly JudgedCrop[], setting: Setting = 'standalone'): string {
  const rows = Math.ceil(crops.length / COLUMNS);
  const width = COLUMNS * CELL.width;
  const height = rows * CELL.height;
  const text = (x: number, y: number, content: string, extra = '') =>
    `<text x="${x}" y="${y}" text-anchor="middle" fill="currentColor"${extra}>${escapeHtml(content)}</text>`;
  const cells = crops.map((crop, i) => {
    const x = (i % COLUMNS) * CELL.width + CELL.width / 2;
    const y = Math.floor(i / COLUMNS) * CELL.height + 8;
    const image = `x="${x - CELL.image / 2}" y="${y}" width="${CELL.image}" height="${CELL.image}"`;
    const was = `<tspan fill="${COLORS.baseline}">●</tspan> ${escapeHtml(crop.baseline)}`;
    const is = `<tspan fill="${COLORS.eql}">●</tspan> ${escapeHtml(crop.eql)}`;
    return [
      `<image ${image} href="${pngUri(crop.pixels)}"/>`,
      text(x, y + CELL.image + 18, crop.actual, ' font-size="15" font-weight="bold"'),
      `<text x="${x}" y="${y + CELL.image + 36}" text-anchor="middle" fill="currentColor">${was}  ${is}</text>`,
    ].join('');
  });
  const background = setting === 'standalone' ? `<rect width="100%" height="100%" fill="#ffffff"/>` : '';
  const color = setting === 'standalone' ? ' color="#222222"' : ' style="max-width: 100%; height: auto;"';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="DejaVu Sans, Verdana, sans-serif" font-size="12" role="img" ` +
    `aria-label="Test crops with each model's prediction"${color}>${background}${cells.join('\n')}</svg>`
  );
}

/** A crop as a data URI, with dark ink on light paper as on the page. */
function pngUri(pixels: Uint8Array): string {
  const side = Math.sqrt(pixels.length);
  if (!Number.isInteger(side)) reject('pixels', 'a square of gray levels', pixels);
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  const data = context.createImageData(side, side);
  pixels.forEach((level, i) => {
    data.data.fill(255 - level, 4 * i, 4 * i + 3);
    data.data[4 * i + 3] = 255;
  });
  context.putImageData(data, 0, 0);
  return `data:image/png;base64,${canvas.toBuffer('image/png').toString('base64')}`;
}
