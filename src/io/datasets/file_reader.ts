import type Sharp from 'sharp';
import type {ImageReader, ImageShape} from './image_reader';
import {requirePeer} from './require_peer';

/** How to fit an image to another shape: crop it at the center, stretch it, or frame it in black. */
export type ImageFit = 'cover' | 'fill' | 'contain';

/** Reads image files and caches decoded ones up to `cacheBytes`. */
export class FileReader implements ImageReader {
  readonly length: number;
  private readonly kept = new Map<number, Uint8Array>();
  private room: number;

  /** @param cacheBytes How many bytes of decoded images to keep. */
  constructor(
    private readonly paths: readonly string[],
    readonly shape: ImageShape,
    private readonly fit: ImageFit,
    cacheBytes: number,
  ) {
    this.length = paths.length;
    this.room = cacheBytes;
  }

  nameOf(index: number): string {
    return this.paths[index];
  }

  async read(index: number): Promise<Uint8Array> {
    const kept = this.kept.get(index);
    if (kept) return kept;
    const pixels = await readImage(this.paths[index], this.shape, this.fit);
    if (!this.kept.has(index) && pixels.length <= this.room) {
      this.room -= pixels.length;
      this.kept.set(index, pixels);
    }
    return pixels;
  }
}

/**
 * Decodes a jpeg, png or webp file, rotated as its EXIF orientation says, with transparency removed.
 *
 * @returns Levels 0 … 255, `[height, width, channels]`.
 * @throws Error of `sharp` for a file that is missing, truncated or not an image.
 */
export async function readImage(file: string, shape: ImageShape, fit: ImageFit): Promise<Uint8Array> {
  const sharp = requirePeer<typeof Sharp>('sharp', 'Reading image files');
  const [height, width, channels] = shape;
  const image = sharp(file, {failOn: 'error'})
    .rotate()
    .resize(width, height, {fit, background: '#000000'})
    .removeAlpha()
    .toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const {data, info} = await image.raw().toBuffer({resolveWithObject: true});
  if (info.channels !== channels) throw new Error(`${info.channels} channels, not ${channels}`);
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}
