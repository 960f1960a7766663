import {categoryNames} from '../../../detection/category_names';
import type {Annotations} from '../../../detection/evaluation/formats';
import {groupRows} from '../../../detection/evaluation/ordering';
import {ClassFrequency} from '../../../frequency/class_frequency';
import type {CollectedAnnotations} from './annotation_collector';
import {readAnnotations} from './read_annotations';

/**
 * Counts the images in which each category of an LVIS or COCO annotation file occurs, like `lvisFrequency` of
 * `tfjs-longtail/detection`, but for a file of any length: LVIS's own exceeds JavaScript's longest string. Memory holds
 * only ids, never the file.
 *
 * ```js
 * const freqInfo = await lvisFrequency('lvis_v1_train.json');
 * ```
 *
 * @param annotations The path of an annotation file, or its parsed content.
 * @returns Counts of images by class: 0 for the category with the lowest id, and so on.
 * @throws ValueError (rejects) naming the byte where the JSON is invalid or ends early, or the path of an id that is
 *   missing, repeated or unknown (`annotations[3].image_id`); if two categories share a name.
 */
export async function lvisFrequency(annotations: string | Annotations): Promise<ClassFrequency> {
  return frequencyOf(await readAnnotations(annotations, false));
}

/** Counts the images with each class; adds class names if all categories have one. */
export function frequencyOf(annotations: CollectedAnnotations): ClassFrequency {
  const {images, categories, image, category} = annotations;
  const numImages = images.items.length;
  const imageCounts = new Float64Array(categories.items.length);
  const all = Int32Array.from(image, (_, i) => i);
  const lastImage = new Int32Array(imageCounts.length).fill(-1);
  for (const row of groupRows(all, image, numImages).rows) {
    const c = category[row];
    if (lastImage[c] !== image[row]) imageCounts[c]++;
    lastImage[c] = image[row];
  }
  return new ClassFrequency({imageCounts, numImages, classNames: categoryNames(categories.items)});
}
