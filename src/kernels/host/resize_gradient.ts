import type {ResizeBilinearAttrs} from '@tensorflow/tfjs-core';

type Shape = readonly number[];
type ResizeAttrs = Pick<ResizeBilinearAttrs, 'alignCorners' | 'halfPixelCenters'>;

/** The two sources of each pixel in a resized row or column: (1 − share) · x[low] + share · x[high]. */
interface Sources {
  low: Int32Array;
  high: Int32Array;
  share: Float64Array;
}

/** Resizes one axis from `size` to `newSize` pixels, as tfjs does. */
type Resampling = (size: number, newSize: number, attrs: ResizeAttrs) => Sources;

const scaleOf = (size: number, newSize: number, {alignCorners}: ResizeAttrs) =>
  alignCorners && newSize > 1 ? (size - 1) / (newSize - 1) : size / newSize;

/** The pixel at the same place, or nearest to it. */
export const nearest: Resampling = (size, newSize, attrs) => {
  const scale = scaleOf(size, newSize, attrs);
  const round = attrs.alignCorners ? Math.round : Math.floor;
  const low = Int32Array.from({length: newSize}, (_, i) =>
    Math.min(size - 1, round(scale * (attrs.halfPixelCenters ? i + 0.5 : i))),
  );
  return {low, high: low, share: new Float64Array(newSize)};
};

/** The two pixels nearest to the same place, by their distance from it. */
export const bilinear: Resampling = (size, newSize, attrs) => {
  const scale = scaleOf(size, newSize, attrs);
  const places = Float64Array.from({length: newSize}, (_, i) =>
    attrs.halfPixelCenters ? Math.max(0, scale * (i + 0.5) - 0.5) : scale * i,
  );
  const low = Int32Array.from(places, Math.floor);
  const high = Int32Array.from(places, (place) => Math.min(size - 1, Math.ceil(place)));
  return {low, high, share: places.map((place, i) => place - low[i])};
};

/**
 * Computes the gradient of resizing images with respect to the images: each pixel of dy is distributed to its sources,
 * in the same shares. Accumulated in float64.
 *
 * @param dy Float32 of `dyShape`, `[batch, newHeight, newWidth, channels]`.
 * @param shape Of the images, `[batch, height, width, channels]`.
 * @param dx Float32 of `shape`, overwritten.
 */
export function resizeGradient(
  resampling: Resampling,
  dy: Float32Array,
  dyShape: Shape,
  dx: Float32Array,
  shape: Shape,
  attrs: ResizeAttrs,
): void {
  const [batch, height, width, channels] = shape;
  const [, newHeight, newWidth] = dyShape;
  const rows = resampling(height, newHeight, attrs);
  const columns = resampling(width, newWidth, attrs);
  const sums = new Float64Array(height * width * channels);
  let at = 0;
  const give = (row: number, column: number, share: number): void => {
    if (share === 0) return;
    const target = (row * width + column) * channels;
    for (let c = 0; c < channels; c++) sums[target + c] += share * dy[at + c];
  };
  for (let image = 0; image < batch; image++) {
    sums.fill(0);
    for (let y = 0; y < newHeight; y++) {
      for (let x = 0; x < newWidth; x++, at += channels) {
        const [down, right] = [rows.share[y], columns.share[x]];
        give(rows.low[y], columns.low[x], (1 - down) * (1 - right));
        give(rows.low[y], columns.high[x], (1 - down) * right);
        give(rows.high[y], columns.low[x], down * (1 - right));
        give(rows.high[y], columns.high[x], down * right);
      }
    }
    dx.set(sums, image * sums.length);
  }
}
