import test from 'ava';
import fc from 'fast-check';
import {Random} from '../../../../src/core/random';
import {backgroundBoxes} from '../../../../src/io/datasets/lvis/background_boxes';

const [WIDTH, HEIGHT] = [40, 30];

function drawn(boxes: number[][], crowd: number[], count: number, seed: number, side = 8) {
  const random = new Random(seed);
  const found = backgroundBoxes({
    count,
    height: HEIGHT,
    width: WIDTH,
    boxes: boxes.flat(),
    crowd,
    size: () => [random.between(2, side), random.between(2, side)],
    random,
  });
  return Array.from({length: found.length / 4}, (_, i) => found.slice(4 * i, 4 * i + 4));
}

/** IoU by areas on a grid of 100 cells per pixel; for a crowd the share of `a` inside it. */
function overlapOnGrid(a: number[], b: number[], isCrowd: boolean): number {
  const inside = ([x, y, w, h]: number[], px: number, py: number) =>
    px >= x && px < x + w && py >= y && py < y + h;
  let [common, whole] = [0, 0];
  for (let py = 0.05; py < HEIGHT; py += 0.1) {
    for (let px = 0.05; px < WIDTH; px += 0.1) {
      const [inA, inB] = [inside(a, px, py), inside(b, px, py)];
      if (inA && inB) ++common;
      if (inA || (inB && !isCrowd)) ++whole;
    }
  }
  return common / whole;
}

test('boxes lie inside the image, with an IoU below 0.3 with every annotation', (t) => {
  const box = fc
    .record({
      x: fc.nat({max: WIDTH - 6}),
      y: fc.nat({max: HEIGHT - 6}),
      w: fc.integer({min: 1, max: 6}),
      h: fc.integer({min: 1, max: 6}),
    })
    .map(({x, y, w, h}) => [x, y, w, h]);
  let seen = 0;
  fc.assert(
    fc.property(fc.array(box, {maxLength: 4}), fc.integer(), (boxes, seed) => {
      const crowd = boxes.map((_, i) => i % 2);
      const found = drawn(boxes, crowd, 2, seed);
      t.is(found.length, 2, 'there is enough space');
      for (const [x, y, w, h] of found) {
        t.true(x >= 0 && y >= 0 && x + w <= WIDTH && y + h <= HEIGHT);
        for (const [i, annotated] of boxes.entries()) {
          ++seen;
          t.true(overlapOnGrid([x, y, w, h], annotated, crowd[i] === 1) < 0.3 + 0.02);
        }
      }
    }),
    {numRuns: 20},
  );
  t.true(seen > 20);
});

test('a crowd region keeps boxes out even though its IoU with them would be small', (t) => {
  const whole = [[0, 0, WIDTH, HEIGHT]];
  // A box of at most 8 × 8 has an IoU of at most 64 / 1,200 with the whole image.
  t.is(drawn(whole, [0], 3, 1).length, 3);
  t.is(drawn(whole, [1], 3, 1).length, 0);
});

test('sizes beyond the image are clipped to it, and the same random source gives the same boxes', (t) => {
  const [[x, y, w, h]] = drawn([], [], 1, 5, 1000);
  t.true(x >= 0 && y >= 0 && w <= WIDTH && h <= HEIGHT && x + w <= WIDTH && y + h <= HEIGHT);
  t.deepEqual(drawn([[0, 0, 9, 9]], [0], 4, 7), drawn([[0, 0, 9, 9]], [0], 4, 7));
  t.notDeepEqual(drawn([], [], 4, 7), drawn([], [], 4, 8));
});

test('refuses boxes with an IoU of 0.3, keeps those just below', (t) => {
  // The only possible box is the whole image, ten pixels.
  const found = (width: number) =>
    backgroundBoxes({
      count: 1,
      height: 1,
      width: 10,
      boxes: [0, 0, width, 1],
      crowd: [0],
      size: () => [10, 1],
      random: new Random(1),
    });
  t.deepEqual(found(3), []);
  t.deepEqual(found(2.9), [0, 0, 10, 1]);
});
