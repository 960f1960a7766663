import {reject} from '../../../core/errors';
import type {CollectedAnnotations} from './annotation_collector';
import {type DecodedImage, type DecodeImage, decodeImage} from './decode_image';
import {imageFile} from './image_file';

/**
 * Decodes an image of an annotation file.
 *
 * @param place Its rank by ascending id.
 * @throws ValueError (rejects) for an image whose size differs from the file's; errors of the file system and the
 *   decoder.
 */
export async function readLocatedImage(
  {images}: CollectedAnnotations,
  place: number,
  directory: string,
  decode?: DecodeImage,
): Promise<DecodedImage> {
  const described = images.items[place];
  const path = `images[${images.positions[place]}]`;
  const file = imageFile(described, directory, path);
  const decoded = await decodeImage(file, decode);
  const {height, width} = decoded;
  if ((described.height ?? height) !== height || (described.width ?? width) !== width) {
    reject(path, `of ${height} × ${width} pixels, as ${file} is`, `${described.height} × ${described.width}`);
  }
  return decoded;
}
