import {reject} from '../core/errors';
import {requireObject} from '../core/require_object';
import {ClassFrequency} from '../frequency/class_frequency';
import {categoryNames} from './category_names';
import type {Annotations} from './evaluation/formats';
import {identify} from './evaluation/identifiers';

/**
 * Counts the images in which each category of an LVIS or COCO annotation file occurs. Class 0 is the category with the
 * lowest id, class 1 the next, regardless of gaps; {@link categoryClasses} maps ids to classes.
 *
 * @example
 * ```ts
 * import {lvisFrequency} from 'tfjs-longtail/detection';
 *
 * const annotations = {
 *   images: [{id: 1}, {id: 2}],
 *   categories: [{id: 90, name: 'owl'}, {id: 3, name: 'cat'}],
 *   annotations: [
 *     {id: 1, image_id: 1, category_id: 3, area: 80},
 *     {id: 2, image_id: 1, category_id: 3, area: 50},
 *     {id: 3, image_id: 2, category_id: 3, area: 70},
 *     {id: 4, image_id: 2, category_id: 90, area: 40},
 *   ],
 * };
 * const freqInfo = lvisFrequency(annotations);
 * console.log(freqInfo.classNames, freqInfo.imageCounts); // → [ 'cat', 'owl' ] Float64Array(2) [ 2, 1 ]
 * ```
 *
 * @param annotations The parsed file of the training data. Its `image_count`s are not used.
 * @returns Counts of images; `numImages` counts all images of the file. Has class names if all categories have one.
 * @throws ValueError naming the path of an id that is missing, repeated or unknown, and if there are no images or no
 *   categories; for a name shared by two categories.
 */
export function lvisFrequency(annotations: Annotations): ClassFrequency {
  const {images, categories} = identify(annotations);
  const count = categories.items.length;
  const imageCounts = new Float64Array(count);
  const seen = new Set<number>();
  for (const [i, annotation] of annotations.annotations.entries()) {
    const path = `annotations[${i}]`;
    requireObject(path, annotation);
    const {image_id, category_id} = annotation;
    const image = images.places.get(image_id) ?? reject(`${path}.image_id`, 'the id of an image', image_id);
    const known = categories.places.get(category_id);
    const category = known ?? reject(`${path}.category_id`, 'the id of a category', category_id);
    const pair = image * count + category;
    if (!seen.has(pair)) imageCounts[category]++;
    seen.add(pair);
  }
  const classNames = categoryNames(categories.items);
  return new ClassFrequency({imageCounts, numImages: images.items.length, classNames});
}

/**
 * Maps category ids to classes: the lowest id to 0, and so on without gaps.
 *
 * @throws ValueError naming the path of an id that is missing or repeated.
 */
export function categoryClasses(annotations: Annotations): ReadonlyMap<number, number> {
  return identify(annotations).categories.places;
}
