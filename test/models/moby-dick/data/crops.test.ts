import {createCanvas} from '@napi-rs/canvas';
import test from 'ava';
import {
  BACKGROUND_KINDS,
  backgroundBox,
  CROP_SIDE,
  characterBox,
  cutCrops,
  scan,
} from '../../../../models/moby-dick/data/crops';
import {LEADING, type Page, setPage} from '../../../../models/moby-dick/data/pages';
import {Random} from '../../../../src/core/random';

const LINE = 'Call me Ishmael.';
const size = 20;
const page = setPage(
  [LINE, LINE, LINE],
  {face: {family: 'lora'}, size, ink: 0, paper: 255, noise: 0},
  new Random(1),
);
const center = (index: number) => (page.edge(1, index) + page.edge(1, index + 1)) / 2;
const middle = page.baselines[1] - 0.27 * size;

test('a character is at the center of its box, give or take 8 % of the type size', (t) => {
  const random = new Random(2);
  const boxes = Array.from({length: 300}, () => characterBox(page, 1, 3, random));
  for (const {x, y, side} of boxes) {
    t.true(Math.abs(x - center(3)) <= 0.08 * size);
    t.true(Math.abs(y - middle) <= 0.08 * size);
    t.true(Math.abs(side / size - 1) <= 0.12);
  }
  const mean = boxes.reduce((sum, {x}) => sum + x, 0) / boxes.length;
  t.true(Math.abs(mean - center(3)) < 0.02 * size);
});

test('background off center misses a character by more than a character box does', (t) => {
  const random = new Random(3);
  const line = setPage(['i'], {face: {family: 'lora'}, size, ink: 0, paper: 255, noise: 0}, random);
  for (let i = 0; i < 300; i++) {
    const {x, y} = backgroundBox(line, 0, 1, 'off center', random);
    const away = Math.hypot(
      x - (line.edge(0, 0) + line.edge(0, 1)) / 2,
      y - (line.baselines[0] - 0.27 * size),
    );
    t.true(away >= (0.2 - 0.08 * Math.SQRT2) * size && away <= (0.4 + 0.08 * Math.SQRT2) * size);
  }
});

test('background between characters is centered on an edge, between lines half a leading away', (t) => {
  const random = new Random(4);
  const edges = Array.from({length: LINE.length + 1}, (_, i) => page.edge(1, i));
  for (let i = 0; i < 100; i++) {
    const {x} = backgroundBox(page, 1, LINE.length, 'between characters', random);
    t.true(Math.min(...edges.map((edge) => Math.abs(edge - x))) <= 0.08 * size);
    const {y} = backgroundBox(page, 1, LINE.length, 'between lines', random);
    t.true(Math.abs(Math.abs(y - middle) - (LEADING * size) / 2) <= 0.08 * size + 1e-9);
  }
});

test('all three kinds of background take turns', (t) => {
  t.deepEqual(new Set(BACKGROUND_KINDS), new Set(['off center', 'between characters', 'between lines']));
});

test('no box of a page reaches beyond it', (t) => {
  const random = new Random(5);
  for (const line of [0, 2]) {
    for (let i = 0; i < 300; i++) {
      const kind = BACKGROUND_KINDS[i % BACKGROUND_KINDS.length];
      const {x, y, side} = backgroundBox(page, line, LINE.length, kind, random);
      t.true(x - side / 2 >= 0 && x + side / 2 <= page.canvas.width);
      t.true(y - side / 2 >= 0 && y + side / 2 <= page.canvas.height);
    }
  }
});

test('crops are the boxes in order, scaled, with ink bright', (t) => {
  const canvas = createCanvas(200, 100);
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'rgb(255, 255, 255)';
  pen.fillRect(0, 0, 200, 100);
  pen.fillStyle = 'rgb(55, 55, 55)';
  pen.fillRect(100, 0, 100, 100);
  const split: Page = {canvas, size, baselines: [], edge: () => 0};
  const crops = cutCrops(split, [
    {x: 50, y: 50, side: 30},
    {x: 150, y: 50, side: 30},
    {x: 100, y: 50, side: 48},
  ]);
  const crop = (i: number) => [...crops.subarray(i * CROP_SIDE ** 2, (i + 1) * CROP_SIDE ** 2)];
  t.is(crops.length, 3 * CROP_SIDE ** 2);
  t.deepEqual(new Set(crop(0)), new Set([0]));
  t.deepEqual(new Set(crop(1)), new Set([200]));
  crop(2).forEach((level, at) => {
    const column = at % CROP_SIDE;
    if (column < CROP_SIDE / 2 - 1) t.is(level, 0);
    if (column > CROP_SIDE / 2) t.is(level, 200);
  });
});

test('a scan keeps each crop’s picture, fainter by a factor of 0.6 … 1 and with noise of 0.04 … 0.12 of full scale', (t) => {
  const count = 400;
  const crops = scan(new Uint8Array(count * CROP_SIDE ** 2).fill(128), new Random(6));
  const seen = Array.from({length: count}, (_, i) => {
    const levels = [...crops.subarray(i * CROP_SIDE ** 2, (i + 1) * CROP_SIDE ** 2)];
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length;
    return {contrast: mean / 128, noise: Math.sqrt(variance) / 255};
  });
  // 256 pixels give the mean to noise / 16, and the noise to 1 / √512 of itself.
  t.true(seen.every(({contrast}) => contrast > 0.6 - 0.07 && contrast < 1 + 0.07));
  t.true(seen.every(({noise}) => noise > 0.04 * 0.8 && noise < 0.12 * 1.2));
  const mean = (of: (each: (typeof seen)[number]) => number) =>
    seen.reduce((sum, each) => sum + of(each), 0) / count;
  t.true(Math.abs(mean(({contrast}) => contrast) - 0.8) < 0.02);
  t.true(Math.abs(mean(({noise}) => noise) - 0.08) < 0.004);
});
