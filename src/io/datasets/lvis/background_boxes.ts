import type {Random} from '../../../core/random';
import {overlapOfBoxes} from '../../../detection/evaluation/overlaps';

/** Arguments of `backgroundBoxes`. */
export interface BackgroundArgs {
  /** Number of boxes to draw. */
  count: number;
  /** In pixels. */
  height: number;
  /** In pixels. */
  width: number;
  /** All annotations of the image, `[n, 4]`: x, y, width, height. */
  boxes: ArrayLike<number>;
  /** 1 for crowd regions, `[n]`. */
  crowd: ArrayLike<number>;
  /** Draws a width and a height at random. */
  size: () => readonly [width: number, height: number];
  random: Random;
}

/** Boxes with at least this IoU with an annotation are not background; Fast R-CNN's range is 0.1 to 0.5. */
const LEAST_OVERLAP = 0.3;
const TRIES = 50;

/**
 * Draws boxes that hold no annotated object: the IoU with each annotation is below 0.3. For a crowd region, the share
 * of the box inside it counts instead, as in COCO's evaluation. Returns fewer boxes if the image has no space for
 * `count`.
 *
 * @returns `[m, 4]`, m ≤ count: x, y, width, height, all inside the image.
 */
export function backgroundBoxes({
  count,
  height,
  width,
  boxes,
  crowd,
  size,
  random,
}: BackgroundArgs): number[] {
  const found: number[] = [];
  for (let tries = 0; found.length < 4 * count && tries < TRIES * count; ++tries) {
    const drawn = size();
    const w = Math.min(width, Math.max(1, drawn[0]));
    const h = Math.min(height, Math.max(1, drawn[1]));
    const box = [random.between(0, width - w), random.between(0, height - h), w, h] as const;
    if (isBackground(box, boxes, crowd)) found.push(...box);
  }
  return found;
}

function isBackground(box: ArrayLike<number>, boxes: ArrayLike<number>, crowd: ArrayLike<number>): boolean {
  for (let i = 0; i < crowd.length; ++i) {
    if (overlapOfBoxes(box, 0, boxes, i, crowd[i] === 1) >= LEAST_OVERLAP) return false;
  }
  return true;
}
