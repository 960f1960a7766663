import type {backend_util} from '@tensorflow/tfjs-core';

/** The windows of a pooling over one image, without the pixels that lie outside of it. */
export interface PoolWindows {
  /** Where each pixel's channels begin, window by window, in row-major order. */
  pixels: Int32Array;
  /** Window w, that of output pixel w, has pixels[first[w]] … pixels[first[w + 1] − 1]. */
  first: Int32Array;
}

export function poolWindows(info: backend_util.Conv2DInfo): PoolWindows {
  const {inHeight, inWidth, inChannels, outHeight, outWidth, padInfo} = info;
  const pixels: number[] = [];
  const first = [0];
  for (let oy = 0; oy < outHeight; oy++) {
    const top = oy * info.strideHeight - padInfo.top;
    const rowEnd = Math.min(inHeight, top + info.filterHeight);
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * info.strideWidth - padInfo.left;
      const columnEnd = Math.min(inWidth, left + info.filterWidth);
      for (let iy = Math.max(0, top); iy < rowEnd; iy++) {
        for (let ix = Math.max(0, left); ix < columnEnd; ix++) pixels.push((iy * inWidth + ix) * inChannels);
      }
      first.push(pixels.length);
    }
  }
  return {pixels: Int32Array.from(pixels), first: Int32Array.from(first)};
}
