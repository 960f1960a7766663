import {categoryNames} from '../../../detection/category_names';
import type {Annotations} from '../../../detection/evaluation/formats';
import {groupRows} from '../../../detection/evaluation/ordering';
import {ClassFrequency} from '../../../frequency/class_frequency';
import type {CollectedAnnotations} from './annotation_collector';
import {readAnnotations} from './read_annotations';

/**
 * In how many images each category of an annotation file of LVIS or COCO occurs, as `lvisFrequency` of
 * `tfjs-longtail/detection`, out of a file of any length: LVIS's own is longer than the longest string of JavaScript.
 * Memory holds ids, never the file.
 *
 * ```js
 * const freqInfo = await lvisFrequency('lvis_v1_train.json');
 * ```
 *
 * @param annotations The path of an annotation file, or one parsed.
 * @returns Counts of images by class: 0 for the category with the lowest id, and so on.
 * @throws ValueError (rejects) naming the byte where the file is no JSON or ends too early, and the path of an id that is
 *   missing, repeated or unknown: `annotations[3].image_id`; for a name of two categories.
 */
export async function lvisFrequency(annotations: string | Annotations): Promise<ClassFrequency> {
  return frequencyOf(await readAnnotations(annotations, false));
}

/** Images with each class; class names where all categories have one. */
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
