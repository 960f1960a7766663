import {reject} from '../../../core/errors';
import {rasterize} from './polygon';
import {readRuns} from './run_lengths';

/** The ends of a mask's runs, down the columns, background first: a pixel is in the mask if an odd run covers it. */
export type Mask = Uint32Array;

/**
 * Reads the mask of a segmentation: a union of polygons, or run lengths.
 *
 * @param path Its name in errors: `annotations[3].segmentation`.
 * @throws ValueError if it is neither, for polygons that are not three or more finite points, and for run lengths of
 *   another size than the image.
 */
export function readMask(segmentation: unknown, height: number, width: number, path: string): Mask {
  if (Array.isArray(segmentation)) return readPolygons(segmentation, height, width, path);
  if (typeof segmentation !== 'object' || segmentation === null) {
    reject(path, 'polygons or run lengths {size, counts}', segmentation);
  }
  const {size, counts} = segmentation as {size?: unknown; counts?: unknown};
  if (!Array.isArray(size) || size.length !== 2 || size[0] !== height || size[1] !== width) {
    reject(`${path}.size`, `[${height}, ${width}], the height and width of its image`, size);
  }
  return readRuns(counts, height * width, `${path}.counts`);
}

function readPolygons(polygons: unknown[], height: number, width: number, path: string): Mask {
  if (polygons.length === 0) reject(path, 'one polygon or more', polygons);
  let mask: Mask | undefined;
  for (const [i, polygon] of polygons.entries()) {
    const isPolygon = Array.isArray(polygon) && polygon.length >= 6 && polygon.length % 2 === 0;
    if (!isPolygon || !polygon.every(Number.isFinite)) {
      reject(`${path}[${i}]`, 'a polygon [x, y, x, y, x, y, …]', polygon);
    }
    const part = rasterize(polygon, height, width);
    mask = mask === undefined ? part : union(mask, part);
  }
  return mask!;
}

function union(a: Mask, b: Mask): Mask {
  const ends: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const wasWithin = (i | j) & 1;
    const to = Math.min(a[i], b[j]);
    if (a[i] === to) i++;
    if (b[j] === to) j++;
    if (((i | j) & 1) !== wasWithin) ends.push(to);
  }
  const pixels = a[a.length - 1];
  if (ends.at(-1) !== pixels) ends.push(pixels);
  return Uint32Array.from(ends);
}

/** The number of pixels in a mask. */
export function maskArea(mask: Mask): number {
  let area = 0;
  for (let i = 1; i < mask.length; i += 2) area += mask[i] - mask[i - 1];
  return area;
}

/** The number of pixels in both masks. */
export function maskIntersection(a: Mask, b: Mask): number {
  // Most pairs of an image are disjoint: one ends before the other begins.
  if (a.length < 2 || b.length < 2 || a[0] >= lastEnd(b) || b[0] >= lastEnd(a)) return 0;
  let common = 0;
  let i = 0;
  let j = 0;
  let at = 0;
  while (i < a.length && j < b.length) {
    const to = Math.min(a[i], b[j]);
    if (i & j & 1) common += to - at;
    at = to;
    if (a[i] === to) i++;
    if (b[j] === to) j++;
  }
  return common;
}

/** `[x, y, width, height]` of the smallest box that holds the mask; zeros if it is empty. */
export function maskBounds(mask: Mask, height: number): [number, number, number, number] {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (let i = 1; i < mask.length; i += 2) {
    const [from, last] = [mask[i - 1], mask[i] - 1];
    if (last < from) continue;
    const [x0, x1] = [Math.floor(from / height), Math.floor(last / height)];
    left = Math.min(left, x0);
    right = Math.max(right, x1 + 1);
    top = Math.min(top, x0 < x1 ? 0 : from % height);
    bottom = Math.max(bottom, x0 < x1 ? height : (last % height) + 1);
  }
  return right === 0 ? [0, 0, 0, 0] : [left, top, right - left, bottom - top];
}

function lastEnd(mask: Mask): number {
  return mask[mask.length - 1 - (mask.length & 1)];
}
