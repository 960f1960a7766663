import {Random} from '../../../src/core/random';
import {createCanvas, registerFace} from '../../moby-dick/data/canvas';
import type {Corpus} from '../../moby-dick/data/corpus';
import type {Face} from '../../moby-dick/data/faces';
import {randomStyle, setPage} from '../../moby-dick/data/pages';

/** Lines per page. They have about 140 characters, as LVIS judges at most 300 detections per image. */
export const LINES_PER_PAGE = 3;
/** Every page has this size, in pixels; blank paper fills what the text leaves. */
export const PAGE_HEIGHT = 120;
export const PAGE_WIDTH = 640;
/** Type sizes in pixels, for a low-resolution scan. */
const SIZES = [15, 16, 17];

/** A page as gray levels, and the boxes of its characters. */
export interface GreyPage {
  /** `[PAGE_HEIGHT · PAGE_WIDTH]`, 0 … 255, ink bright. */
  ink: Uint8Array;
  /** `[characters · 4]`: y1, x1, y2, x2 of each character's ink, in pixels. */
  boxes: Float64Array;
  /** `[characters]`: classes 0 … C − 1. */
  labels: Int32Array;
}

/** Sets lines of the book as a page. Characters that belong to no class have no box. */
export function greyPage(
  {lines, classes}: Pick<Corpus, 'lines' | 'classes'>,
  chosen: readonly number[],
  faces: readonly Face[],
  random: Random,
): GreyPage {
  const text = chosen.map((line) => lines[line]);
  const style = {...randomStyle(faces, random), size: SIZES[random.below(SIZES.length)]};
  const {canvas, baselines, edge} = setPage(text, style, random);
  const extent = glyphExtents(style.face, style.size);
  const boxes: number[] = [];
  const labels: number[] = [];
  text.forEach((content, line) => {
    Array.from(content).forEach((character, index) => {
      const label = classes.indexOf(character);
      if (label < 0) return;
      const {left, right, ascent, descent} = extent(character);
      const [x, y] = [edge(line, index), baselines[line]];
      boxes.push(y - ascent, x - left, y + descent, x + right);
      labels.push(label);
    });
  });
  const {width, height} = canvas;
  const rgba = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const ink = new Uint8Array(PAGE_HEIGHT * PAGE_WIDTH).fill(255 - Math.round(style.paper));
  for (let y = 0; y < Math.min(height, PAGE_HEIGHT); ++y) {
    for (let x = 0; x < Math.min(width, PAGE_WIDTH); ++x) {
      ink[y * PAGE_WIDTH + x] = 255 - rgba[4 * (y * width + x)];
    }
  }
  return {ink, boxes: Float64Array.from(boxes), labels: Int32Array.from(labels)};
}

/** How far a character's ink extends from its position on the baseline, in pixels. */
function glyphExtents(face: Face, size: number) {
  const ruler = createCanvas(1, 1).getContext('2d');
  ruler.font = `${size}px "${registerFace(face)}"`;
  const known = new Map<string, {left: number; right: number; ascent: number; descent: number}>();
  return (character: string) => {
    let extent = known.get(character);
    if (extent === undefined) {
      const metrics = ruler.measureText(character);
      extent = {
        left: metrics.actualBoundingBoxLeft,
        right: metrics.actualBoundingBoxRight,
        ascent: metrics.actualBoundingBoxAscent,
        descent: metrics.actualBoundingBoxDescent,
      };
      known.set(character, extent);
    }
    return extent;
  };
}

/** Ranges of a scan's contrast factor, and of its noise: the standard deviation as a share of full scale. */
const CONTRAST = [0.6, 1] as const;
const NOISE = [0.04, 0.12] as const;

/** A page as a poor scanner sees it, with its own contrast and noise. float32 `[height · width]`, 0 … 1. */
export function scanPage({ink}: GreyPage, random: Random): Float32Array {
  deviates ??= makeDeviates();
  const contrast = random.between(...CONTRAST) / 255;
  const deviation = random.between(...NOISE);
  const scan = new Float32Array(ink.length);
  let from = 0;
  for (let at = 0; at < ink.length; ++at) {
    // Each row uses another stretch of the deviates.
    if (at % PAGE_WIDTH === 0) from = random.below(deviates.length - PAGE_WIDTH) - at;
    scan[at] = Math.min(1, Math.max(0, contrast * ink[at] + deviation * deviates[from + at]));
  }
  return scan;
}

let deviates: Float32Array | undefined;

/** Normal deviates (Box–Muller), made once. */
function makeDeviates(): Float32Array {
  const random = new Random(2);
  return Float32Array.from({length: 2 ** 18}, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    return radius * Math.cos(2 * Math.PI * random.next());
  });
}
