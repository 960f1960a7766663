import type {backend_util, TensorInfo} from '@tensorflow/tfjs-core';
import type {BackendWasm} from '../kernel';

/**
 * Limits the outputs whose patches are unfolded at a time: as many as a first-level cache holds, but enough for a
 * product.
 */
const PATCH_FLOATS = 24576;
const FEWEST = 64;
const MOST = 256;

/** A convolution, as the module reads it. */
export interface Geometry {
  /** In memory; the caller releases it. */
  info: TensorInfo;
  /** Rows of y: the pixels of all images. */
  outputs: number;
  /** The size of an output's patch: filterHeight · filterWidth · inChannels. */
  depth: number;
  /** Outputs processed at a time. */
  atOnce: number;
}

/** Writes a convolution's geometry to memory, see Geometry in assembly/patches.ts. */
export function writeGeometry(conv: backend_util.Conv2DInfo, backend: BackendWasm): Geometry {
  const {inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth} = conv;
  const {strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo} = conv;
  const fields = Int32Array.of(
    ...[inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth],
    ...[strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo.top, padInfo.left],
  );
  const depth = filterHeight * filterWidth * inChannels;
  return {
    info: backend.makeOutput([fields.length], 'int32', undefined, fields),
    outputs: conv.batchSize * outHeight * outWidth,
    depth,
    atOnce: Math.max(FEWEST, Math.min(MOST, Math.floor(PATCH_FLOATS / depth))),
  };
}
