import type {Canvas} from '@napi-rs/canvas';
import test from 'ava';
import {FACES} from '../../../../models/moby-dick/data/faces';
import {LEADING, type PageStyle, randomStyle, setPage} from '../../../../models/moby-dick/data/pages';
import {Random} from '../../../../src/core/random';

const clean: PageStyle = {face: {family: 'lora'}, size: 20, ink: 0, paper: 255, noise: 0};
const pixels = (canvas: Canvas) =>
  canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;

/** First and last column and row with ink. */
function inkBox(canvas: Canvas) {
  const data = pixels(canvas);
  const at = Array.from({length: data.length / 4}, (_, i) => i).filter((i) => data[4 * i] < 128);
  const columns = at.map((i) => i % canvas.width);
  const rows = at.map((i) => Math.floor(i / canvas.width));
  return {
    left: Math.min(...columns),
    right: Math.max(...columns),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
  };
}

test('a character is drawn between its edges, on its baseline', (t) => {
  const page = setPage(['', '     H'], clean, new Random(1));
  const {left, right, top, bottom} = inkBox(page.canvas);
  t.true(page.edge(1, 5) - 1 <= left && right <= page.edge(1, 6) + 1);
  t.true(Math.abs(bottom + 1 - page.baselines[1]) <= 1);
  t.true(page.baselines[1] - top < 20 && page.baselines[1] - top > 10);
});

test('edges go from the margin to the end of the line, and lines are a leading apart', (t) => {
  const page = setPage(['Call me Ishmael.', 'Some years ago'], clean, new Random(1));
  for (let i = 1; i <= 16; i++) t.true(page.edge(0, i) > page.edge(0, i - 1));
  t.true(Math.abs(page.baselines[1] - page.baselines[0] - LEADING * 20) <= 1);
  t.is(page.edge(0, 0), page.edge(1, 0));
  t.true(page.edge(0, 16) < page.canvas.width - 20);
});

test('ink and paper have the gray levels asked for', (t) => {
  const data = pixels(setPage(['—————'], {...clean, ink: 40, paper: 230}, new Random(1)).canvas);
  const levels = Array.from({length: data.length / 4}, (_, i) => data[4 * i]);
  t.is(Math.max(...levels), 230);
  t.is(Math.min(...levels), 40);
});

test('noise spreads the gray of the paper, the more the stronger', (t) => {
  const spread = (noise: number) => {
    const data = pixels(setPage([' '], {...clean, paper: 200, noise}, new Random(1)).canvas);
    const levels = Array.from({length: data.length / 4}, (_, i) => data[4 * i]);
    const mean = levels.reduce((sum, level) => sum + level) / levels.length;
    return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
  };
  t.is(spread(0), 0);
  t.true(spread(0.1) > 1);
  t.true(spread(0.3) > 2 * spread(0.1));
});

test('the same seed gives the same page', (t) => {
  const page = (seed: number) => {
    const random = new Random(seed);
    return Buffer.from(
      pixels(setPage(['Call me Ishmael.'], randomStyle(FACES.training, random), random).canvas),
    );
  };
  t.true(page(4).equals(page(4)));
  t.false(page(4).equals(page(5)));
});
