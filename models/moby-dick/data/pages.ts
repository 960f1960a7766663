import {Random} from '../../../src/core/random';
import {type Canvas, createCanvas, registerFace} from './canvas';
import type {Face} from './faces';

/** How a page looks. */
export interface PageStyle {
  face: Face;
  /** Type size (em) in pixels. */
  size: number;
  /** Gray level of the ink, 0 (black) to 255. */
  ink: number;
  /** Gray level of the paper. */
  paper: number;
  /** Strength of the scanner's grain, 0 to 1. */
  noise: number;
}

/** A page of set text that knows where its characters are. */
export interface Page {
  canvas: Canvas;
  /** Type size (em) in pixels. */
  size: number;
  /** Height of each line's baseline in pixels from the top. */
  baselines: readonly number[];
  /** Left edge, in pixels, of the character at `index` of line `line`; if `index` is the line's length, its right end. */
  edge(line: number, index: number): number;
}

/** Baseline to baseline, in em. */
export const LEADING = 1.35;

/** Blank space around the text, in em; wider than any crop extends. */
const MARGIN = 1.3;

/** Type sizes in pixels. Few, as drawing letters of a new size takes longer than setting a page in a known one. */
const SIZES = [15, 17, 19, 22, 25];

/** Draws a style, within the variation of printers and scanners. */
export function randomStyle(faces: readonly Face[], random: Random): PageStyle {
  return {
    face: faces[random.below(faces.length)],
    size: SIZES[random.below(SIZES.length)],
    ink: random.between(0, 70),
    paper: random.between(220, 250),
    noise: random.between(0.1, 0.3),
  };
}

/** Sets lines of text as one page. */
export function setPage(lines: readonly string[], style: PageStyle, random: Random): Page {
  const {size} = style;
  const font = `${size}px "${registerFace(style.face)}"`;
  const ruler = createCanvas(1, 1).getContext('2d');
  ruler.font = font;
  const margin = Math.ceil(MARGIN * size);
  const width = 2 * margin + Math.ceil(Math.max(...lines.map((line) => ruler.measureText(line).width)));
  const height = 2 * margin + Math.ceil(lines.length * LEADING * size);
  const baselines = lines.map((_, i) => margin + Math.round((i + 1) * LEADING * size));

  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = gray(style.paper);
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = gray(style.ink);
  pen.font = font;
  lines.forEach((line, i) => {
    pen.fillText(line, margin, baselines[i]);
  });
  pen.globalAlpha = style.noise;
  grain ??= makeGrain();
  for (let y = -random.below(GRAIN_SIDE); y < height; y += GRAIN_SIDE) {
    for (let x = -random.below(GRAIN_SIDE); x < width; x += GRAIN_SIDE) pen.drawImage(grain, x, y);
  }
  // Measure each edge only once: every epoch cuts the pages again.
  const edges = lines.map((line) => new Float64Array(line.length + 1).fill(Number.NaN));
  const edge = (line: number, index: number) => {
    if (Number.isNaN(edges[line][index])) {
      edges[line][index] = margin + ruler.measureText(lines[line].slice(0, index)).width;
    }
    return edges[line][index];
  };
  return {canvas, size, baselines, edge};
}

function gray(level: number): string {
  const whole = Math.round(level);
  return `rgb(${whole}, ${whole}, ${whole})`;
}

const GRAIN_SIDE = 256;
let grain: Canvas | undefined;

/** A tile of black and white specks of normally distributed strength, made once for all pages. */
function makeGrain(): Canvas {
  const random = new Random(1);
  const tile = createCanvas(GRAIN_SIDE, GRAIN_SIDE);
  const pen = tile.getContext('2d');
  const image = pen.createImageData(GRAIN_SIDE, GRAIN_SIDE);
  for (let i = 0; i < image.data.length; i += 4) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const deviate = radius * Math.cos(2 * Math.PI * random.next());
    image.data.fill(deviate > 0 ? 255 : 0, i, i + 3);
    image.data[i + 3] = 60 * Math.abs(deviate);
  }
  pen.putImageData(image, 0, 0);
  return tile;
}
