import {maskArea, maskIntersection} from './masks/mask';
import type {Regions} from './regions';

/**
 * The IoU of region `i` of `a` with region `j` of `b`, 0 … 1.
 *
 * @param ofFirst Whether to divide by the area of the first only, as for crowds.
 */
export function overlap(a: Regions, i: number, b: Regions, j: number, ofFirst: boolean): number {
  return a.masks.length > 0
    ? overlapOfMasks(a, i, b, j, ofFirst)
    : overlapOfBoxes(a.boxes, i, b.boxes, j, ofFirst);
}

/** The same for boxes `[n, 4]`: x, y, width, height. */
export function overlapOfBoxes(
  p: ArrayLike<number>,
  i: number,
  q: ArrayLike<number>,
  j: number,
  ofFirst: boolean,
): number {
  const d = 4 * i;
  const g = 4 * j;
  const width = Math.min(p[d] + p[d + 2], q[g] + q[g + 2]) - Math.max(p[d], q[g]);
  if (width <= 0) return 0;
  const height = Math.min(p[d + 1] + p[d + 3], q[g + 1] + q[g + 3]) - Math.max(p[d + 1], q[g + 1]);
  if (height <= 0) return 0;
  const common = width * height;
  const first = p[d + 2] * p[d + 3];
  return common / (ofFirst ? first : first + q[g + 2] * q[g + 3] - common);
}

function overlapOfMasks(a: Regions, i: number, b: Regions, j: number, ofFirst: boolean): number {
  const common = maskIntersection(a.masks[i], b.masks[j]);
  if (common === 0) return 0;
  const first = maskArea(a.masks[i]);
  return common / (ofFirst ? first : first + maskArea(b.masks[j]) - common);
}
