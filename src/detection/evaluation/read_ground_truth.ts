import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import {requireObject} from '../../core/require_object';
import type {AnnotatedCategory, AnnotatedImage, Annotation, Annotations, IouType} from './formats';
import {type Identified, identify} from './identifiers';
import {checkBox, emptyRegions, MaskReader, type Regions} from './regions';

/** The objects to be found. */
export interface GroundTruth {
  readonly images: Identified<AnnotatedImage>;
  readonly categories: Identified<AnnotatedCategory>;
  readonly objects: Regions;
  /** 1 for objects that count neither as found nor as missed. */
  readonly ignored: Uint8Array;
  /** 1 for crowds: any number of detections may match, by the share of the detection that lies inside. */
  readonly crowd: Uint8Array;
}

/**
 * Reads a parsed annotation file into columns.
 *
 * @param ignoreBy The property that marks objects as ignored: COCO's `iscrowd`, LVIS's `ignore`.
 * @throws ValueError naming the path of the first value that is missing or wrong: `annotations[3].bbox`.
 */
export function readGroundTruth(
  file: Annotations,
  iouType: IouType,
  ignoreBy: 'iscrowd' | 'ignore',
): GroundTruth {
  const {images, categories} = identify(file);
  const {annotations} = file;
  const objects = emptyRegions(annotations.length, iouType);
  const ignored = new Uint8Array(annotations.length);
  const masks = new MaskReader(images);
  const ids = new Set<number>();
  for (const [i, annotation] of annotations.entries()) {
    const path = `annotations[${i}]`;
    requireObject(path, annotation);
    // The official evaluators take an id of 0 for no object.
    requireInteger(`${path}.id`, annotation.id, 1);
    if (ids.has(annotation.id)) reject(`${path}.id`, 'an id that no other has', annotation.id);
    ids.add(annotation.id);
    objects.image[i] = placeOf(images, annotation, 'image_id', path);
    objects.category[i] = placeOf(categories, annotation, 'category_id', path);
    objects.area[i] = requireNumber(`${path}.area`, annotation.area, 0);
    ignored[i] = flagOf(annotation[ignoreBy], `${path}.${ignoreBy}`);
    if (iouType === 'segm') {
      objects.masks[i] = masks.read(annotation.segmentation, objects.image[i], `${path}.segmentation`);
    } else {
      checkBox(annotation.bbox, () => `${path}.bbox`);
      objects.boxes.set(annotation.bbox, 4 * i);
    }
  }
  const crowd = ignoreBy === 'iscrowd' ? ignored : new Uint8Array(annotations.length);
  return {images, categories, objects, ignored, crowd};
}

/** The index of an annotation's image or category. @throws ValueError if the file has none with that id. */
function placeOf(
  {places}: Identified<unknown>,
  annotation: Annotation,
  key: 'image_id' | 'category_id',
  path: string,
): number {
  const of = key === 'image_id' ? 'an image' : 'a category';
  return (
    places.get(annotation[key]) ?? reject(`${path}.${key}`, `the id of ${of} of the file`, annotation[key])
  );
}

function flagOf(value: unknown, path: string): number {
  if (value === undefined || value === 0 || value === false) return 0;
  return value === 1 || value === true ? 1 : reject(path, '0 or 1', value);
}
