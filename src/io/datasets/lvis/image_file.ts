import {join} from 'node:path';
import {reject} from '../../../core/errors';
import {staysInside} from '../../files/inside_folder';
import type {LocatedImage} from './annotation_collector';

/**
 * Path of an image: `file_name` as given, or the folder and file at the end of LVIS v1's `coco_url`,
 * `train2017/000000391895.jpg`.
 *
 * @throws ValueError if the annotation file names no file, or one outside the directory.
 */
export function imageFile({file_name, coco_url}: LocatedImage, directory: string, path: string): string {
  const name =
    file_name ?? (typeof coco_url === 'string' ? coco_url.split('/').slice(-2).join('/') : undefined);
  if (typeof name !== 'string' || name === '') {
    reject(path, 'an image with a file_name or a coco_url', {file_name, coco_url});
  }
  if (!staysInside(name)) reject(`${path}.file_name`, 'a file inside of the image directory', name);
  return join(directory, name);
}
