import type {DecodedImage} from './decode_image';

/** A rectangle of whole pixels. */
export interface PixelBox {
  left: number;
  top: number;
  /** One beyond the last column. */
  right: number;
  /** One beyond the last row. */
  bottom: number;
}

/**
 * Returns the whole pixels that a box touches, at least one; undefined for a box outside the image.
 *
 * @param box x, y, width, height.
 */
export function pixelBox(box: ArrayLike<number>, height: number, width: number): PixelBox | undefined {
  const [left, right] = span(box[0], box[2], width);
  const [top, bottom] = span(box[1], box[3], height);
  return left < right && top < bottom ? {left, top, right, bottom} : undefined;
}

function span(start: number, length: number, size: number): [number, number] {
  const first = Math.floor(start);
  const end = Math.max(first + 1, Math.ceil(start + length));
  return [Math.max(0, first), Math.min(size, end)];
}

/**
 * Resamples a part of an image to another size: each value is the mean of the pixels it covers, weighted by covered
 * area.
 *
 * @param range Values of levels 0 and 255.
 * @returns `[height · width · 3]`.
 */
export function cropPixels(
  image: DecodedImage,
  {left, top, right, bottom}: PixelBox,
  [height, width]: readonly [number, number],
  [low, high]: readonly [number, number],
): Float32Array {
  const rows = covered(top, bottom, height);
  const columns = covered(left, right, width);
  const scale = (high - low) / 255;
  const out = new Float32Array(height * width * 3);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let channel = 0; channel < 3; ++channel) {
        let sum = 0;
        for (const [y, rowShare] of row) {
          for (const [x, share] of column) {
            sum += rowShare * share * image.data[3 * (y * image.width + x) + channel];
          }
        }
        out[at++] = low + scale * sum;
      }
    }
  }
  return out;
}

/** Splits first … end − 1 into `parts` equal parts; returns the pixels in each and their shares, which add up to 1. */
function covered(first: number, end: number, parts: number): [number, number][][] {
  const step = (end - first) / parts;
  return Array.from({length: parts}, (_, i) => {
    const [from, to] = [first + i * step, first + (i + 1) * step];
    const shares: [number, number][] = [];
    for (let pixel = Math.floor(from); pixel < end && pixel < to; ++pixel) {
      const share = (Math.min(to, pixel + 1) - Math.max(from, pixel)) / step;
      if (share > 0) shares.push([pixel, share]);
    }
    return shares;
  });
}
