import {multiply, panels} from './products';
import {ADD, tile} from './tiles';

/** The geometry of a convolution: int32 in this order, see ../geometry.ts. */
@unmanaged
class Geometry {
  inHeight: i32;
  inWidth: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  top: i32;
  left: i32;
}

@inline
function firstInside(from: i32, dilation: i32): i32 {
  return from >= 0 ? 0 : (dilation - 1 - from) / dilation;
}

@inline
function endInside(from: i32, dilation: i32, size: i32, count: i32): i32 {
  return from >= size ? 0 : min(count, (size - from + dilation - 1) / dilation);
}

// Copies four at a time; an incomplete last vector overlaps the one before.
@inline
function copyFloats(from: usize, to: usize, count: i32): void {
  if (count >= 4) {
    const last = <usize>(count - 4) << 2;
    for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
    v128.store(to + last, v128.load(from + last));
    return;
  }
  for (let i = 0; i < count; ++i, from += 4, to += 4) store<f32>(to, load<f32>(from));
}

@inline
function clearFloats(to: usize, count: i32): void {
  for (let i = 0; i < count; ++i, to += 4) store<f32>(to, 0);
}

@inline
function addFloats(from: usize, to: usize, count: i32): void {
  let i = count;
  for (; i >= 4; i -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
    to += 16;
  }
  for (; i > 0; --i) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += 4;
    to += 4;
  }
}

/** Visits the patches of `count` outputs from `first` on: unfolds x into them, or folds them back into x by adding. */
@inline
function eachPatch(x: usize, g: Geometry, first: i32, count: i32, patches: usize, unfolds: bool): void {
  const channels = g.channels;
  const rowFloats = g.filterWidth * channels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>rowFloats << 2;
  const reach = (g.filterWidth - 1) * g.dilationWidth;
  let ox = first % g.outWidth;
  let oy = (first / g.outWidth) % g.outHeight;
  let image = x + <usize>(first / (g.outWidth * g.outHeight)) * <usize>(g.inHeight * g.inWidth) * pixelBytes;
  for (let o = 0; o < count; ++o) {
    const ix0 = ox * g.strideWidth - g.left;
    let iy = oy * g.strideHeight - g.top;
    let from = 0;
    let end = g.filterWidth;
    if (ix0 < 0 || ix0 + reach >= g.inWidth) {
      from = min(firstInside(ix0, g.dilationWidth), g.filterWidth);
      end = max(from, endInside(ix0, g.dilationWidth, g.inWidth, g.filterWidth));
    }
    for (let ky = 0; ky < g.filterHeight; ++ky, iy += g.dilationHeight, patches += rowBytes) {
      if (iy < 0 || iy >= g.inHeight) {
        if (unfolds) clearFloats(patches, rowFloats);
        continue;
      }
      const row = image + <usize>(iy * g.inWidth + ix0) * pixelBytes;
      if (unfolds) clearFloats(patches, from * channels);
      if (g.dilationWidth == 1) {
        const at = <usize>from * pixelBytes;
        const floats = (end - from) * channels;
        if (unfolds) copyFloats(row + at, patches + at, floats);
        else addFloats(patches + at, row + at, floats);
      } else {
        for (let kx = from; kx < end; ++kx) {
          const pixel = row + <usize>(kx * g.dilationWidth) * pixelBytes;
          const at = patches + <usize>kx * pixelBytes;
          if (unfolds) copyFloats(pixel, at, channels);
          else addFloats(at, pixel, channels);
        }
      }
      if (unfolds) clearFloats(patches + <usize>end * pixelBytes, (g.filterWidth - end) * channels);
    }
    if (++ox == g.outWidth) {
      ox = 0;
      if (++oy == g.outHeight) {
        oy = 0;
        image += <usize>(g.inHeight * g.inWidth) * pixelBytes;
      }
    }
  }
}

/** Writes the patches of outputs, one per row, `[count, filterHeight · filterWidth · channels]`. */
function unfold(x: usize, g: Geometry, first: i32, count: i32, out: usize): void {
  eachPatch(x, g, first, count, out, true);
}

/** The reverse: adds patches to the pixels they were taken from. */
function fold(patches: usize, g: Geometry, first: i32, count: i32, dx: usize): void {
  eachPatch(dx, g, first, count, patches, false);
}

/** Convolves into `outputs` rows of y, `atOnce` at a time, whose patches `scratch` holds; the filter is in panels. */
export function convolve(
  x: usize, geometry: usize, outputs: i32, filter: usize, outChannels: i32,
  y: usize, mode: i32, bias: usize, scratch: usize, atOnce: i32,
): void {
  const g = changetype<Geometry>(geometry);
  const depth = g.filterHeight * g.filterWidth * g.channels;
  const packed = scratch + (((<usize>atOnce * <usize>depth) << 2));
  for (let o = 0; o < outputs; o += atOnce) {
    const count = min(atOnce, outputs - o);
    unfold(x, g, o, count, scratch);
    multiply(
      scratch, <usize>depth << 2, 4, count, depth, filter, outChannels,
      y + ((<usize>o * <usize>outChannels) << 2), mode, bias, packed,
    );
  }
}

/**
 * The gradient with respect to the filter. `scratch` holds the patches of `atOnce` outputs, then their dy in panels.
 */
export function convolveFilterGradient(
  x: usize, geometry: usize, outputs: i32, dy: usize, outChannels: i32, dw: usize, scratch: usize, atOnce: i32,
): void {
  const g = changetype<Geometry>(geometry);
  const depth = g.filterHeight * g.filterWidth * g.channels;
  const row = <usize>outChannels << 2;
  const step = <usize>depth << 2;
  // The last tile of the last patch may read three numbers beyond it.
  const packed = scratch + <usize>atOnce * step + 16;
  for (let o = 0; o < outputs; o += atOnce) {
    const count = min(atOnce, outputs - o);
    unfold(x, g, o, count, scratch);
    // Whole vectors of dy are read in place; others would extend beyond it.
    const part = dy + <usize>o * row;
    const whole = (outChannels & 7) == 0;
    if (!whole) panels(part, row, 4, count, outChannels, packed);
    for (let j = 0; j < outChannels; j += 8) {
      const b = whole ? part + (<usize>j << 2) : packed + ((<usize>j * <usize>count) << 2);
      for (let i = 0; i < depth; i += 4) {
        const at = dw + <usize>i * row + (<usize>j << 2);
        tile(
          scratch + (<usize>i << 2), step, min(depth - i, 4), count, b, whole ? row : 32,
          at, row, outChannels - j, o > 0 ? ADD : 0, 0,
        );
      }
    }
  }
}

/** The gradient with respect to the input, initially zero; the rotated filter `[outChannels, depth]` is in panels. */
export function convolveInputGradient(
  dy: usize, geometry: usize, outputs: i32, filter: usize, outChannels: i32, dx: usize, scratch: usize, atOnce: i32,
): void {
  const g = changetype<Geometry>(geometry);
  const depth = g.filterHeight * g.filterWidth * g.channels;
  const row = <usize>outChannels << 2;
  const packed = scratch + (((<usize>atOnce * <usize>depth) << 2));
  for (let o = 0; o < outputs; o += atOnce) {
    const count = min(atOnce, outputs - o);
    multiply(dy + <usize>o * row, row, 4, count, outChannels, filter, depth, scratch, 0, 0, packed);
    fold(scratch, g, o, count, dx);
  }
}
