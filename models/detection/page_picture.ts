import {boxIoU} from '../../src/detection';
import {createCanvas} from '../moby-dick/data/canvas';
import {type GreyPage, PAGE_HEIGHT, PAGE_WIDTH} from './data/grey_page';
import type {Found} from './detect_page';

const SCALE = 2;
const RIGHT = '#009E73';
const WRONG = '#D55E00';
const MISSED = '#E69F00';

/** A box to draw, with the predicted class; without one for a missed object. */
export interface Drawn {
  box: readonly number[];
  label?: number;
  isRight: boolean;
}

/**
 * Turns detections into a reading of the page. Of overlapping boxes, whatever their classes, it keeps the one with the
 * highest score, and at most as many boxes as the page has characters. It adds the characters that none of them finds.
 */
export function readPage({boxes, labels}: GreyPage, found: Found): Drawn[] {
  const at = (values: ArrayLike<number>, k: number) => Array.from({length: 4}, (_, i) => values[4 * k + i]);
  const overlaps = (a: number[], b: number[]) => boxIoU([a], [b]).dataSync()[0] >= 0.5;
  const kept: number[] = [];
  for (let k = 0; k < found.labels.length && kept.length < labels.length; ++k) {
    if (!kept.some((other) => overlaps(at(found.boxes, other), at(found.boxes, k)))) kept.push(k);
  }
  const free = new Set(labels.keys());
  const claims = kept.map((k): Drawn => {
    const box = at(found.boxes, k);
    const hit = [...free].find((j) => labels[j] === found.labels[k] && overlaps(at(boxes, j), box));
    if (hit !== undefined) free.delete(hit);
    return {box, label: found.labels[k], isRight: hit !== undefined};
  });
  return [...claims, ...Array.from(free, (j): Drawn => ({box: at(boxes, j), isRight: false}))];
}

/** Draws a page with its reading as PNG: green if right, red-orange if wrong, dashed orange if missed. */
export function pagePicture(scan: Float32Array, drawn: readonly Drawn[], classes: readonly string[]): Buffer {
  const small = createCanvas(PAGE_WIDTH, PAGE_HEIGHT);
  const levels = small.getContext('2d').createImageData(PAGE_WIDTH, PAGE_HEIGHT);
  scan.forEach((ink, i) => {
    levels.data.fill(255 - Math.round(255 * ink), 4 * i, 4 * i + 3);
    levels.data[4 * i + 3] = 255;
  });
  small.getContext('2d').putImageData(levels, 0, 0);
  const canvas = createCanvas(SCALE * PAGE_WIDTH, SCALE * PAGE_HEIGHT);
  const pen = canvas.getContext('2d');
  pen.drawImage(small, 0, 0, canvas.width, canvas.height);
  pen.font = '10px sans-serif';
  pen.textAlign = 'center';
  for (const {box, label, isRight} of drawn) {
    const [y1, x1, y2, x2] = box.map((side) => SCALE * side);
    pen.strokeStyle = label === undefined ? MISSED : isRight ? RIGHT : WRONG;
    pen.setLineDash(label === undefined ? [2, 2] : []);
    pen.strokeRect(x1, y1, x2 - x1, y2 - y1);
    if (label === undefined || isRight) continue;
    pen.fillStyle = WRONG;
    pen.fillText(classes[label], (x1 + x2) / 2, y1 - 2);
  }
  return canvas.toBuffer('image/png');
}
