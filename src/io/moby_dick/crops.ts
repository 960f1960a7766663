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
const WINDOW = 1.4;

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
 * Writes a box of the page, scaled to {@link CROP_SIDE} pixels a side by bilinear sampling, to `target` from
 * `offset` on. Paper is bright on the page and ink is bright in the crop, so that blank paper is near zero.
 */
export function cutCrop(page: Page, {x, y, side}: Box, target: Uint8Array, offset: number): void {
  const {pixels, width, height} = page;
  const step = side / CROP_SIDE;
  const left = x - side / 2 + step / 2 - 0.5;
  const top = y - side / 2 + step / 2 - 0.5;
  for (let row = 0; row < CROP_SIDE; row++) {
    const v = Math.min(Math.max(top + row * step, 0), height - 1.001);
    const v0 = Math.floor(v);
    const down = v - v0;
    for (let column = 0; column < CROP_SIDE; column++) {
      const u = Math.min(Math.max(left + column * step, 0), width - 1.001);
      const u0 = Math.floor(u);
      const right = u - u0;
      const at = v0 * width + u0;
      const upper = pixels[at] * (1 - right) + pixels[at + 1] * right;
      const lower = pixels[at + width] * (1 - right) + pixels[at + width + 1] * right;
      target[offset++] = 255 - (upper * (1 - down) + lower * down);
    }
  }
}
