import type {Random} from '../../../src/core/random';
import {type Component, connectedComponents} from './components';
import {PAGE_HEIGHT, PAGE_WIDTH} from './grey_page';

type Box = Component['box'];

/**
 * Ink is every pixel above this share of the page's darkest level, in components that somewhere reach the second share.
 */
const INK = 0.42;
const SURE_INK = 0.65;
/** Ink must also exceed the noise by this many standard deviations. */
const DEVIATIONS = 2.8;
/** Components with fewer pixels are noise. */
const FEWEST_PIXELS = 3;
/** A component wider than this, in pixels, may be several touching characters. */
const WIDEST = 9;
/** Widths of the windows that such a component is cut into. */
const CUTS = [5, 7, 10];
/** Number of shifted and rescaled boxes around each component. */
const JITTERED = 3;

/**
 * Proposes boxes where characters may be, without looking at any label: connected components, with dots joined to the
 * stems below them, and wide components cut up. Each box is returned as it is and several times shifted and rescaled, so
 * that a head sees good and poor boxes.
 *
 * @param scan float32 `[PAGE_HEIGHT · PAGE_WIDTH]`, ink bright.
 * @returns `[n · 4]`: y1, x1, y2, x2 in pixels.
 */
export function propose(scan: Float32Array, random: Random): Float64Array {
  const {noise, darkest} = levelsOf(scan);
  const threshold = Math.max(INK * darkest, DEVIATIONS * noise);
  const found = connectedComponents(scan, PAGE_HEIGHT, PAGE_WIDTH, threshold)
    .filter(({area, highest}) => area >= FEWEST_PIXELS && highest >= SURE_INK * darkest)
    .map(({box}) => box);
  const boxes = [...found, ...joined(found)].flatMap((box) => [box, ...cuts(box)]);
  const all = boxes.flatMap((box) => [box, ...Array.from({length: JITTERED}, () => jitter(box, random))]);
  return Float64Array.from(all.flat());
}

/** The noise's standard deviation, estimated from paper, and the level that one pixel in a hundred reaches. */
function levelsOf(scan: Float32Array): {noise: number; darkest: number} {
  const some = Float32Array.from({length: Math.floor(scan.length / 8)}, (_, i) => scan[8 * i]).sort();
  const at = (share: number) => some[Math.floor(some.length * share)];
  // Most of a page is paper, and half of its noise is cut off at 0. So take the median and the next 34 %.
  return {noise: at(0.8) - at(0.45), darkest: at(0.99)};
}

/** Joins pairs of components, one above the other with a small gap: i, j, !, ?, :, =, accents. */
function joined(boxes: readonly Box[]): Box[] {
  const pairs: Box[] = [];
  for (const upper of boxes) {
    for (const lower of boxes) {
      const gap = lower[0] - upper[2];
      if (gap < 0 || gap > 5) continue;
      const overlap = Math.min(upper[3], lower[3]) - Math.max(upper[1], lower[1]);
      if (overlap < 0.5 * Math.min(upper[3] - upper[1], lower[3] - lower[1])) continue;
      pairs.push([upper[0], Math.min(upper[1], lower[1]), lower[2], Math.max(upper[3], lower[3])]);
    }
  }
  return pairs;
}

function cuts([y1, x1, y2, x2]: Box): Box[] {
  if (x2 - x1 <= WIDEST) return [];
  return CUTS.flatMap((width) => {
    const count = Math.ceil((2 * (x2 - x1 - width)) / width) + 1;
    return Array.from({length: count}, (_, i): Box => {
      const x = Math.min(x1 + (i * width) / 2, x2 - width);
      return [y1, x, y2, x + width];
    });
  });
}

function jitter([y1, x1, y2, x2]: Box, random: Random): Box {
  const [height, width] = [y2 - y1, x2 - x1];
  const y = (y1 + y2) / 2 + random.between(-0.25, 0.25) * height;
  const x = (x1 + x2) / 2 + random.between(-0.25, 0.25) * width;
  const halfHeight = (height / 2) * Math.exp(random.between(-0.25, 0.25));
  const halfWidth = (width / 2) * Math.exp(random.between(-0.25, 0.25));
  return [y - halfHeight, x - halfWidth, y + halfHeight, x + halfWidth];
}
