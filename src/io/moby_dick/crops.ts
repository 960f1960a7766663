import {createCanvas} from '@napi-rs/canvas';
import {LEADING, type Page} from './pages';
import type {Random} from './random';

/** Width and height of a crop in pixels. */
export const CROP_SIDE = 24;

/** A square part of a page: its centre and its side, in pixels of the page. */
export interface Box {
  x: number;
  y: number;
  side: number;
}

/** Kinds of background, in the order in which they take turns. */
export const BACKGROUND_KINDS = ['between characters', 'off centre', 'between lines'] as const;

/** Side of the window around a character, in em: the character and about one neighbour on each side. */
const WINDOW = 1.1;

/** Height of a line's middle above its baseline, in em. */
const MIDDLE = 0.27;

/** A box around one character, as exact as a detector's proposals are: off by a few percent of the type size. */
export function characterBox(page: Page, line: number, index: number, random: Random): Box {
  const x = (page.edge(line, index) + page.edge(line, index + 1)) / 2;
  return around(page, line, x, random, 0.05);
}

/** A box that is centred on no character of the line. */
export function backgroundBox(
  page: Page,
  line: number,
  length: number,
  kind: (typeof BACKGROUND_KINDS)[number],
  random: Random,
): Box {
  const {size} = page;
  if (kind === 'between characters') {
    return around(page, line, page.edge(line, random.below(length + 1)), random, 0.03);
  }
  const x = random.between(page.edge(line, 0), page.edge(line, length));
  const box = around(page, line, x, random, 0.05);
  const up = random.next() < 0.5 ? -1 : 1;
  const away = kind === 'off centre' ? random.between(0.3, 0.55) : LEADING / 2 + random.between(-0.1, 0.1);
  return {...box, y: box.y + up * away * size};
}

function around(page: Page, line: number, x: number, random: Random, jitter: number): Box {
  const {size} = page;
  return {
    x: x + random.between(-jitter, jitter) * size,
    y: page.baselines[line] + (random.between(-0.06, 0.06) - MIDDLE) * size,
    side: WINDOW * size * random.between(0.92, 1.08),
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
