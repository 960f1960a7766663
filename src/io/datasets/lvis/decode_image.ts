import {readFile} from 'node:fs/promises';
import {reject} from '../../../core/errors';
import {requirePeer} from '../require_peer';

/** Levels 0 … 255 of an image. */
export interface DecodedImage {
  /** `[height · width · 3]`, row by row: red, green, blue. */
  readonly data: Uint8Array | Uint8ClampedArray;
  /** In pixels. */
  readonly height: number;
  /** In pixels. */
  readonly width: number;
}

/** Turns the bytes of an image file into levels. */
export type DecodeImage = (bytes: Uint8Array, file: string) => DecodedImage | Promise<DecodedImage>;

/** What is used of the optional peer. */
interface Sharp {
  toColourspace(name: string): Sharp;
  removeAlpha(): Sharp;
  raw(): Sharp;
  toBuffer(options: {resolveWithObject: true}): Promise<{
    data: Buffer;
    info: {height: number; width: number; channels: number};
  }>;
}

/** Decodes jpeg, png and what else `sharp` knows. Pixels stay as they are stored, as annotations mean them. */
const decodeBySharp: DecodeImage = async (bytes) => {
  const sharp = requirePeer<(input: Uint8Array, options: object) => Sharp>('sharp', 'Reading image files');
  const image = sharp(bytes, {failOn: 'error'}).removeAlpha().toColourspace('srgb');
  const {data, info} = await image.raw().toBuffer({resolveWithObject: true});
  return {data, height: info.height, width: info.width};
};

/** @throws ValueError (rejects) unless `decode` gives three levels a pixel; what it and the file system throw. */
export async function decodeImage(file: string, decode: DecodeImage = decodeBySharp): Promise<DecodedImage> {
  const decoded = await decode(await readFile(file), file);
  const {data, height, width} = decoded;
  const isImage = Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0;
  if (!isImage || data?.length !== 3 * height * width) {
    reject(`decode(…, '${file}')`, '{data: [height · width · 3], height, width}', decoded);
  }
  return decoded;
}
