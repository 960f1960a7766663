import {createCanvas} from '@napi-rs/canvas';
import type {CropSet} from '../../models/moby-dick/data/crop_set';
import {CROP_SIDE} from '../../models/moby-dick/data/crops';

const COLUMNS = 24;
const SCALE = 2;

/** The crops of the given rows side by side, dark ink on paper, as a PNG. */
export function contactSheet({images}: CropSet, rows: readonly number[]): Buffer {
  const cell = CROP_SIDE * SCALE + 3;
  const canvas = createCanvas(Math.min(rows.length, COLUMNS) * cell, Math.ceil(rows.length / COLUMNS) * cell);
  const context = canvas.getContext('2d');
  const crop = createCanvas(CROP_SIDE, CROP_SIDE);
  const own = crop.getContext('2d');
  rows.forEach((row, i) => {
    const data = own.createImageData(CROP_SIDE, CROP_SIDE);
    for (let p = 0; p < CROP_SIDE ** 2; ++p) {
      data.data.fill(255 - images[row * CROP_SIDE ** 2 + p], 4 * p, 4 * p + 3);
      data.data[4 * p + 3] = 255;
    }
    own.putImageData(data, 0, 0);
    const [x, y] = [(i % COLUMNS) * cell, Math.floor(i / COLUMNS) * cell];
    context.drawImage(crop, x, y, CROP_SIDE * SCALE, CROP_SIDE * SCALE);
  });
  return canvas.toBuffer('image/png');
}
