import {reject} from '../../../core/errors';
import {requireArray} from '../../../core/require_array';
import {requireInteger} from '../../../core/require_integer';
import {requireObject} from '../../../core/require_object';
import type {AnnotatedCategory, AnnotatedImage, Annotation} from '../../../detection/evaluation/formats';
import {type Identified, identify} from '../../../detection/evaluation/identifiers';
import {checkBox} from '../../../detection/evaluation/regions';
import type {RecordHandler} from '../../json/record_handler';
import {Column} from './column';

/** An image and its location. */
export interface LocatedImage extends AnnotatedImage {
  /** COCO and LVIS v0.5: its file. */
  readonly file_name?: string;
  /** LVIS v1: the last two parts are folder and file. */
  readonly coco_url?: string;
}

/** The contents kept from an annotation file: no masks. */
export interface CollectedAnnotations {
  images: Identified<LocatedImage>;
  categories: Identified<AnnotatedCategory>;
  /** Rank of each object's image by ascending id. */
  image: Int32Array;
  /** Class of each object: the rank of its category by ascending id. */
  category: Int32Array;
  /** `[objects, 4]`: x, y, width, height; empty if not needed. */
  boxes: Float64Array;
  /** 1 for crowd regions, COCO's `iscrowd`. */
  crowd: Uint8Array;
}

/** Collects the records of an annotation file one by one. */
export class AnnotationCollector implements RecordHandler {
  readonly omits = 'segmentation';
  private readonly found: Partial<Record<string, unknown[]>> = {};
  private readonly imageIds = new Column();
  private readonly categoryIds = new Column();
  private readonly sides = new Column();
  private readonly crowds = new Column();
  private current = '';

  /** @param needsBoxes Whether annotations must have a bbox. */
  constructor(private readonly needsBoxes: boolean) {}

  key(key: string, isArray: boolean): void {
    this.current = key;
    if (key !== 'images' && key !== 'categories' && key !== 'annotations') return;
    if (!isArray) reject(key, 'an array', 'another value');
    this.found[key] = [];
  }

  /** @throws ValueError naming the path of a missing or wrong value: `annotations[3].bbox`. */
  record(value: unknown, index: number): void {
    if (this.current === 'annotations') this.addAnnotation(value as Annotation, `annotations[${index}]`);
    else if (this.current === 'images') this.found.images!.push(slimImage(value as LocatedImage, index));
    else this.found[this.current]?.push(value);
  }

  /**
   * Returns the records, with ids mapped to ranks. @throws ValueError naming the path of an id that is unknown or
   * repeated.
   */
  finish(): CollectedAnnotations {
    const {images, categories, annotations} = this.found;
    requireArray('annotations', annotations);
    // `identify` checks their types.
    const identified = identify({images, categories, annotations: []} as never);
    return {
      images: identified.images,
      categories: identified.categories,
      image: placesOf(this.imageIds.toArray(), identified.images, 'image_id', 'an image'),
      category: placesOf(this.categoryIds.toArray(), identified.categories, 'category_id', 'a category'),
      boxes: this.sides.toArray(),
      crowd: Uint8Array.from(this.crowds.toArray()),
    };
  }

  private addAnnotation(annotation: Annotation, path: string): void {
    requireObject(path, annotation);
    const {image_id, category_id, bbox, iscrowd} = annotation;
    this.imageIds.push(requireInteger(`${path}.image_id`, image_id, 0));
    this.categoryIds.push(requireInteger(`${path}.category_id`, category_id, 0));
    this.crowds.push(Number(iscrowd === 1 || iscrowd === true));
    if (!this.needsBoxes) return;
    checkBox(bbox, () => `${path}.bbox`);
    for (const side of bbox) this.sides.push(side);
  }
}

// Drops the lists and links of LVIS's images, which would fill memory.
function slimImage(image: LocatedImage, index: number): LocatedImage {
  requireObject(`images[${index}]`, image);
  const {id, height, width, file_name, coco_url} = image;
  return {id, height, width, file_name, coco_url};
}

function placesOf(ids: Float64Array, {places}: Identified<unknown>, key: string, of: string): Int32Array {
  return Int32Array.from(ids, (id, i) => {
    return places.get(id) ?? reject(`annotations[${i}].${key}`, `the id of ${of} of the file`, id);
  });
}
