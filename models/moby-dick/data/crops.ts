import {Random} from '../../../src/core/random';
import {LEADING, type Page} from './pages';

/** Width and height of a crop in pixels: few, as in a low-resolution scan. */
export const CROP_SIDE = 16;

/** A square part of a page: its center and its side, in pixels of the page. */
export interface Box {
  x: number;
  y: number;
  side: number;
}

/**
 * Kinds of background, in the order in which they take turns. Eight in ten are off center, like most of a detector's
 * background proposals, which overlap an object too little. These matter most: only background teaches a class spared by
 * the Equalization Loss what it is not, and blank paper teaches nothing about letters.
 */
export const BACKGROUND_KINDS = [
  ...Array<'off center'>(4).fill('off center'),
  'between characters',
  ...Array<'off center'>(4).fill('off center'),
  'between lines',
] as const;

/** Side of the window around a character, in em. It shows the character and about one neighbor on each side. */
const WINDOW = 1;

/** Height of a line's middle above its baseline, in em. */
const MIDDLE = 0.27;

/** A box around one character, as exact as a detector's proposals: off by up to 8 % of the type size. */
export function characterBox(page: Page, line: number, index: number, random: Random): Box {
  return around(page, line, middle(page, line, index), random);
}

/** A box that is not centered on any of the line's `length` characters. */
export function backgroundBox(
  page: Page,
  line: number,
  length: number,
  kind: (typeof BACKGROUND_KINDS)[number],
  random: Random,
): Box {
  const {size} = page;
  if (kind === 'between characters') {
    return around(page, line, page.edge(line, random.below(length + 1)), random);
  }
  if (kind === 'between lines') {
    const box = around(page, line, random.between(page.edge(line, 0), page.edge(line, length)), random);
    return {...box, y: box.y + ((random.next() < 0.5 ? -1 : 1) * LEADING * size) / 2};
  }
  const box = around(page, line, middle(page, line, random.below(length)), random);
  // From about a fifth of the type size on, a box overlaps the character's own by less than one half.
  const away = random.between(0.2, 0.4) * size;
  const angle = random.between(0, 2 * Math.PI);
  return {...box, x: box.x + away * Math.cos(angle), y: box.y + away * Math.sin(angle)};
}

function middle(page: Page, line: number, index: number): number {
  return (page.edge(line, index) + page.edge(line, index + 1)) / 2;
}

function around(page: Page, line: number, x: number, random: Random): Box {
  const {size} = page;
  return {
    x: x + random.between(-0.08, 0.08) * size,
    y: page.baselines[line] + (random.between(-0.08, 0.08) - MIDDLE) * size,
    side: WINDOW * size * random.between(0.88, 1.12),
  };
}

/**
 * Cuts boxes out of the page, scales each to {@link CROP_SIDE} pixels a side, and returns the gray levels, one crop after
 * another. Each pixel of a crop is the mean over its area, as in a scanner's sensor. Ink is bright, so that blank paper is
 * near zero for a network.
 */
export function cutCrops(page: Page, boxes: readonly Box[]): Uint8Array {
  const {width, height} = page.canvas;
  const paper = paperOf(page);
  const crops = new Uint8Array(boxes.length * CROP_SIDE ** 2);
  let at = 0;
  for (const {x, y, side} of boxes) {
    const [columns, rows] = [cover(x - side / 2, side, width), cover(y - side / 2, side, height)];
    for (let row = 0; row < CROP_SIDE; row++) {
      for (let column = 0; column < CROP_SIDE; column++) {
        let light = 0;
        for (let i = rows.starts[row], r = row * MOST_COVERED; i < rows.ends[row]; i++, r++) {
          let sum = 0;
          for (
            let j = columns.starts[column], c = column * MOST_COVERED;
            j < columns.ends[column];
            j++, c++
          ) {
            sum += columns.shares[c] * paper[i * width + j];
          }
          light += rows.shares[r] * sum;
        }
        crops[at++] = 255 - Math.round(light);
      }
    }
  }
  return crops;
}

const read = new WeakMap<Page, Uint8Array>();

/** The gray levels of a page, read only once, as reading takes longer than cutting. */
function paperOf(page: Page): Uint8Array {
  let paper = read.get(page);
  if (paper == null) {
    const {canvas} = page;
    const rgba = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    paper = new Uint8Array(rgba.length / 4);
    for (let at = 0; at < paper.length; at++) paper[at] = rgba[4 * at];
    read.set(page, paper);
  }
  return paper;
}

/** The most page pixels, along one axis, that a pixel of a crop may touch. */
const MOST_COVERED = 8;

/** Which page pixels each pixel of a crop covers along one axis, and each one's share of the mean. */
interface Cover {
  starts: number[];
  ends: number[];
  /** The shares of pixel i start at `MOST_COVERED · i`. */
  shares: Float64Array;
}

function cover(start: number, side: number, size: number): Cover {
  const step = side / CROP_SIDE;
  const covered: Cover = {starts: [], ends: [], shares: new Float64Array(CROP_SIDE * MOST_COVERED)};
  for (let i = 0; i < CROP_SIDE; i++) {
    const [from, to] = [start + i * step, start + (i + 1) * step];
    const [first, end] = [Math.max(0, Math.floor(from)), Math.min(size, Math.ceil(to))];
    covered.starts.push(first);
    covered.ends.push(end);
    for (let pixel = first; pixel < end; pixel++) {
      covered.shares[i * MOST_COVERED + pixel - first] =
        (Math.min(to, pixel + 1) - Math.max(from, pixel)) / step;
    }
  }
  return covered;
}

/** Range of the contrast factor: how faint a scan may be. */
const CONTRAST = [0.6, 1] as const;
/** Standard deviation of a scanner's noise, as a share of full scale, and the range of its factor for each crop. */
const NOISE = 0.08;
const NOISE_FACTORS = [0.5, 1.5] as const;

/** Makes crops look like a poor scanner's, in place: each has its own contrast and noise level. */
export function scan(crops: Uint8Array, random: Random): Uint8Array {
  deviates ??= makeDeviates();
  const size = CROP_SIDE ** 2;
  for (let start = 0; start < crops.length; start += size) {
    const contrast = random.between(...CONTRAST);
    const deviation = 255 * NOISE * random.between(...NOISE_FACTORS);
    const from = random.below(deviates.length - size);
    for (let at = 0; at < size; at++) {
      crops[start + at] = level(contrast * crops[start + at] + deviation * deviates[from + at]);
    }
  }
  return crops;
}

let deviates: Float32Array | undefined;

/** Normal deviates (Box–Muller), made once; each crop uses a stretch of them. */
function makeDeviates(): Float32Array {
  const random = new Random(2);
  return Float32Array.from({length: 2 ** 18}, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    return radius * Math.cos(2 * Math.PI * random.next());
  });
}

function level(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
