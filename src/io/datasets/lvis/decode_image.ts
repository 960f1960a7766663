import {readFile} from 'node:fs/promises';
import {reject} from '../../../core/errors';
import {requirePeer} from '../require_peer';

/** A decoded image, levels 0 … 255. */
export interface DecodedImage {
  /** `[height · width · 3]`, row by row: red, green, blue. */
  readonly data: Uint8Array | Uint8ClampedArray;
  /** In pixels. */
  readonly height: number;
  /** In pixels. */
  readonly width: number;
}

/** Decodes the bytes of an image file. */
export type DecodeImage = (bytes: Uint8Array, file: string) => DecodedImage | Promise<DecodedImage>;

/** The part of the optional peer that is used. */
interface Sharp {
  toColourspace(name: string): Sharp;
  removeAlpha(): Sharp;
  raw(): Sharp;
  toBuffer(options: {resolveWithObject: true}): Promise<{
    data: Buffer;
    info: {height: number; width: number; channels: number};
  }>;
}

/** Decodes jpeg, png and other formats of `sharp`. Ignores EXIF orientation, as annotations refer to stored pixels. */
const decodeBySharp: DecodeImage = async (bytes) => {
  const sharp = requirePeer<(input: Uint8Array, options: object) => Sharp>('sharp', 'Reading image files');
  const image = sharp(bytes, {failOn: 'error'}).removeAlpha().toColourspace('srgb');
  const {data, info} = await image.raw().toBuffer({resolveWithObject: true});
  return {data, height: info.height, width: info.width};
};

/**
 * @throws ValueError (rejects) unless `decode` returns three levels per pixel; errors of `decode` and the file system.
 */
export async function decodeImage(file: string, decode: DecodeImage = decodeBySharp): Promise<DecodedImage> {
  const decoded = await decode(await readFile(file), file);
  const {data, height, width} = decoded;
  const isImage = Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0;
  if (!isImage || data?.length !== 3 * height * width) {
    reject(`decode(…, '${file}')`, '{data: [height · width · 3], height, width}', decoded);
  }
  return decoded;
}
