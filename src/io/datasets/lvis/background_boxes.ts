import type {Random} from '../../../core/random';
import {overlapOfBoxes} from '../../../detection/evaluation/overlaps';

/** A picture's annotations, and what backgrounds are drawn of. */
export interface BackgroundArgs {
  /** How many boxes are wanted. */
  count: number;
  /** In pixels. */
  height: number;
  /** In pixels. */
  width: number;
  /** All annotations of the image, `[n, 4]`: x, y, width, height. */
  boxes: ArrayLike<number>;
  /** 1 for regions with many objects, `[n]`. */
  crowd: ArrayLike<number>;
  /** A width and a height, drawn at random. */
  size: () => readonly [width: number, height: number];
  random: Random;
}

/** Boxes from this IoU with an annotation on are no background: Fast R-CNN's low end lies between 0.1 and 0.5. */
const LEAST_OVERLAP = 0.3;
const TRIES = 50;

/**
 * Boxes that hold no annotated object: the IoU with each annotation is below 0.3. Of a region with many objects what
 * counts is the share of the box inside of it, as in COCO's evaluation. Where an image has no place for so many, there are
 * fewer.
 *
 * @returns `[m, 4]`, m ≤ count: x, y, width, height, all inside of the image.
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
