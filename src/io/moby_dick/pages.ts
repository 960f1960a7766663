import {createCanvas} from '@napi-rs/canvas';
import {type Face, registerFace} from './faces';
import {Random} from './random';

/** How a page looks. */
export interface PageStyle {
  face: Face;
  /** Type size (em) in pixels. */
  size: number;
  /** Grey level of the ink, 0 (black) to 255. */
  ink: number;
  /** Grey level of the paper. */
  paper: number;
  /** Standard deviation of the scanner's noise, in grey levels. */
  noise: number;
}

/** A page of set text as a grey picture, which knows where its characters are. */
export interface Page {
  width: number;
  height: number;
  /** Type size (em) in pixels. */
  size: number;
  /** Grey levels 0 … 255, row by row, `width · height` of them. */
  pixels: Uint8Array;
  /** Height of each line's baseline in pixels from the top. */
  baselines: readonly number[];
  /** Left edge, in pixels, of the character at `index` of line `line`; at the line's length, its right end. */
  edge(line: number, index: number): number;
}

/** Baseline to baseline, in em. */
export const LEADING = 1.35;

/** Blank space around the text, in em; wider than any crop reaches. */
const MARGIN = 1.25;

/** Styles as a printer's and a scanner's habits vary them. */
export function randomStyle(faces: readonly Face[], random: Random): PageStyle {
  return {
    face: faces[random.below(faces.length)],
    size: random.between(15, 27),
    ink: random.between(0, 90),
    paper: random.between(205, 250),
    noise: random.between(3, 11),
  };
}

/** Sets lines of text as one page. Takes about a millisecond for ten lines. */
export function setPage(lines: readonly string[], style: PageStyle, random: Random): Page {
  const {size} = style;
  const font = `${size}px "${registerFace(style.face)}"`;
  const pen = createCanvas(1, 1).getContext('2d');
  pen.font = font;
  const margin = Math.ceil(MARGIN * size);
  const width = 2 * margin + Math.ceil(Math.max(...lines.map((line) => pen.measureText(line).width)));
  const height = 2 * margin + Math.ceil(lines.length * LEADING * size);
  const baselines = lines.map((_, i) => margin + Math.round((i + 1) * LEADING * size));

  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = grey(style.paper);
  context.fillRect(0, 0, width, height);
  context.fillStyle = grey(style.ink);
  context.font = font;
  lines.forEach((line, i) => {
    context.fillText(line, margin, baselines[i]);
  });
  const rgba = context.getImageData(0, 0, width, height).data;
  return {
    width,
    height,
    size,
    pixels: scan(rgba, style.noise, random),
    baselines,
    edge: (line, index) => margin + pen.measureText(lines[line].slice(0, index)).width,
  };
}

function grey(level: number): string {
  const whole = Math.round(level);
  return `rgb(${whole}, ${whole}, ${whole})`;
}

/** Normal deviates, made once: drawing them for each pixel would take longer than setting the page. */
const grain = makeGrain(2 ** 16);

function makeGrain(length: number): Float32Array {
  const random = new Random(1);
  const gaussian = () =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Float32Array.from({length}, gaussian);
}

function scan(rgba: Uint8ClampedArray, noise: number, random: Random): Uint8Array {
  const pixels = new Uint8ClampedArray(rgba.length / 4);
  const mask = grain.length - 1;
  // An odd step walks the whole of the grain, from another place and in another order on each page.
  const step = 2 * random.below(grain.length / 2) + 1;
  let at = random.below(grain.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = rgba[4 * i] + noise * grain[at];
    at = (at + step) & mask;
  }
  return new Uint8Array(pixels.buffer);
}
