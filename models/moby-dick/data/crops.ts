import type {Random} from '../../../src/core/random';
import {createCanvas} from './canvas';
import {LEADING, type Page} from './pages';

/** Width and height of a crop in pixels. */
export const CROP_SIDE = 24;

/** A square part of a page: its centre and its side, in pixels of the page. */
export interface Box {
  x: number;
  y: number;
  side: number;
}

/**
 * Kinds of background in the order in which they take turns. Eight in ten are off centre, like most of a detector's
 * background proposals, which overlap an object by too little. They matter most: background is all that teaches a
 * class spared by the equalization loss what it is not, and blank paper teaches nothing about letters.
 */
export const BACKGROUND_KINDS = [
  ...Array<'off centre'>(4).fill('off centre'),
  'between characters',
  ...Array<'off centre'>(4).fill('off centre'),
  'between lines',
] as const;

/** Side of the window around a character, in em: the character and about one neighbour on each side. */
const WINDOW = 1;

/** Height of a line's middle above its baseline, in em. */
const MIDDLE = 0.27;

/** A box around one character, as exact as a detector's proposals are: off by up to 8 % of the type size. */
export function characterBox(page: Page, line: number, index: number, random: Random): Box {
  return around(page, line, middle(page, line, index), random);
}

/** A box that is centred on no character of the line, which has `length` of them. */
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
  // A fifth of the type size: about where a box overlaps the character's own by less than one half.
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
 * Cuts boxes out of the page, scales each to {@link CROP_SIDE} pixels a side and returns the grey levels, one crop
 * after the other. Ink is bright in a crop, as blank paper should be near zero for a network.
 */
export function cutCrops(page: Page, boxes: readonly Box[]): Uint8Array {
  const strip = createCanvas(CROP_SIDE * boxes.length, CROP_SIDE).getContext('2d');
  boxes.forEach(({x, y, side}, i) => {
    const [left, top] = [x - side / 2, y - side / 2];
    strip.drawImage(page.canvas, left, top, side, side, i * CROP_SIDE, 0, CROP_SIDE, CROP_SIDE);
  });
  // Read at once: each reading makes the canvas draw all that is outstanding.
  const rgba = strip.getImageData(0, 0, CROP_SIDE * boxes.length, CROP_SIDE).data;
  const crops = new Uint8Array(boxes.length * CROP_SIDE ** 2);
  for (let at = 0; at < crops.length; at++) {
    const column = at % CROP_SIDE;
    const row = Math.floor(at / CROP_SIDE) % CROP_SIDE;
    const crop = Math.floor(at / CROP_SIDE ** 2);
    crops[at] = 255 - rgba[4 * ((row * boxes.length + crop) * CROP_SIDE + column)];
  }
  return crops;
}
