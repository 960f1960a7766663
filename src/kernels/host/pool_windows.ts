import type {backend_util} from '@tensorflow/tfjs-core';

/** The pooling windows over one image or volume, without the pixels outside it. */
export interface PoolWindows {
  /** Where each pixel's channels begin, window by window, in row-major order. */
  pixels: Int32Array;
  /** Window w, that of output pixel w, has pixels[first[w]] … pixels[first[w + 1] − 1]. */
  first: Int32Array;
}

/** Lists the windows of `info`, in two or three dimensions. */
export function poolWindows(info: backend_util.Conv2DInfo | backend_util.Conv3DInfo): PoolWindows {
  const {inHeight, inWidth, inChannels, outHeight, outWidth, padInfo} = info;
  // An image is a volume one pixel deep.
  const depth = 'inDepth' in info ? {...info, front: info.padInfo.front} : IMAGE;
  const pixels: number[] = [];
  const first = [0];
  for (let od = 0; od < depth.outDepth; od++) {
    const front = od * depth.strideDepth - depth.front;
    const depthEnd = Math.min(depth.inDepth, front + depth.filterDepth);
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - padInfo.top;
      const rowEnd = Math.min(inHeight, top + info.filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - padInfo.left;
        const columnEnd = Math.min(inWidth, left + info.filterWidth);
        for (let id = Math.max(0, front); id < depthEnd; id++) {
          for (let iy = Math.max(0, top); iy < rowEnd; iy++) {
            const row = (id * inHeight + iy) * inWidth;
            for (let ix = Math.max(0, left); ix < columnEnd; ix++) pixels.push((row + ix) * inChannels);
          }
        }
        first.push(pixels.length);
      }
    }
  }
  return {pixels: Int32Array.from(pixels), first: Int32Array.from(first)};
}

const IMAGE = {inDepth: 1, outDepth: 1, strideDepth: 1, filterDepth: 1, front: 0};
