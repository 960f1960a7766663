import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {SampleTransform} from '../../sampling/indexed/array_source';
import type {BatchingOptions} from '../../sampling/indexed/indexed_dataset';
import type {ImageFit} from './file_reader';
import type {ImageShape} from './image_reader';
import type {ImageSourceOptions} from './image_source';

/** Options for batching images from any source. */
export interface ImageBatchOptions extends Omit<BatchingOptions, 'dropLast'> {
  /** Values of levels 0 and 255 in `xs`. Default: `[0, 1]`. */
  range?: readonly [low: number, high: number];
  /** The dtype of `ys`: float32 for tfjs's own `sparseCategoricalCrossentropy`. Default: int32. */
  labelType?: 'int32' | 'float32';
  /** Augments a training sample in place, `xs` being `[height · width · channels]` in `range`: see `SampleContext`. */
  transform?: SampleTransform;
}

/** Options for reading image files. */
export interface ImageFileOptions extends ImageBatchOptions {
  /** Side in pixels, or `[height, width]`. */
  imageSize: number | readonly [height: number, width: number];
  /** 3: color; 1: gray. Default: 3. */
  channels?: 1 | 3;
  /**
   * How images of another shape are fitted to that size: cropped at the center (`'cover'`), stretched (`'fill'`) or
   * framed in black (`'contain'`). Default: `'cover'`.
   */
  fit?: ImageFit;
  /** Whether an unreadable image is an error. If false (default), it is left out and listed in `unreadable`. */
  strict?: boolean;
  /** Bytes of decoded images to cache for later epochs. Default: 256 MiB. */
  cacheBytes?: number;
}

/** Names of the options that all sources take. */
export const BATCH_OPTIONS = ['batchSize', 'sampler', 'seed', 'range', 'labelType', 'transform'] as const;
const FILE_OPTIONS = [...BATCH_OPTIONS, 'imageSize', 'channels', 'fit', 'strict', 'cacheBytes'] as const;

/** @throws ValueError for options that {@link ImageBatchOptions} does not allow, naming them. */
export function batchOptions(
  options: ImageBatchOptions,
  strict = false,
): BatchingOptions & ImageSourceOptions {
  const {batchSize, sampler, seed, range = [0, 1], labelType = 'int32', transform} = options;
  checkedRange(range);
  if (labelType !== 'int32' && labelType !== 'float32')
    reject('labelType', "'int32' or 'float32'", labelType);
  if (transform !== undefined && typeof transform !== 'function')
    reject('transform', 'a function', transform);
  return {batchSize, sampler, seed, range, labelType, transform, strict};
}

/** @throws ValueError for anything but two numbers, the lower first. */
export function checkedRange(range: unknown): void {
  const isRange =
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];
  if (!isRange) reject('range', '[low, high], two numbers', range);
}

/** Height and width. @throws ValueError for sides that are not integers in 1 … 16,384. */
export function checkedSize(imageSize: unknown): readonly [height: number, width: number] {
  const [height, width] = Array.isArray(imageSize) ? imageSize : [imageSize, imageSize];
  return [requireInteger('imageSize', height, 1, 1 << 14), requireInteger('imageSize', width, 1, 1 << 14)];
}

/** @throws ValueError for unknown options and values that {@link ImageFileOptions} does not allow. */
export function fileOptions(of: string, options: ImageFileOptions, more: readonly string[]) {
  checkOptions(of, options, [...FILE_OPTIONS, ...more]);
  const {imageSize, channels = 3, fit = 'cover', strict = false, cacheBytes = 2 ** 28} = options;
  const [height, width] = checkedSize(imageSize);
  if (channels !== 1 && channels !== 3) reject('channels', '1 or 3', channels);
  if (!['cover', 'fill', 'contain'].includes(fit)) reject('fit', "'cover', 'fill' or 'contain'", fit);
  if (typeof strict !== 'boolean') reject('strict', 'true or false', strict);
  requireInteger('cacheBytes', cacheBytes, 0);
  const shape: ImageShape = [height, width, channels];
  return {shape, fit, cacheBytes, batching: batchOptions(options, strict)};
}
