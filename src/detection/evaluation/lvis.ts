import {reject} from '../../core/errors';
import {requireArray} from '../../core/require_array';
import {requireInteger} from '../../core/require_integer';
import {evaluate} from './evaluate';
import type {Annotations, Detection} from './formats';
import {selectDetections, selectObjects} from './lvis_selection';
import {type EvaluationOptions, readOptions} from './options';
import {readDetections} from './read_detections';
import {type GroundTruth, readGroundTruth} from './read_ground_truth';
import {apByCategory, type DetectionResult, meanOver, summarizePrecision, summarizeRecall} from './summary';

const MOST = 300;
const GROUPS = ['r', 'c', 'f'];

/**
 * LVIS's average precision and recall, to the digits of the official `LVISEval`. An image is annotated for only some
 * categories: those with objects in it and its `neg_category_ids`. Detections of other categories are dropped, and
 * unmatched ones of `not_exhaustive_category_ids` are ignored. The 300 highest scores of an image count, over all
 * categories.
 *
 * @example
 * ```ts
 * const {summary, apByCategory} = evaluateLvis(
 *   {
 *     images: [{id: 1, neg_category_ids: [9], not_exhaustive_category_ids: []}],
 *     categories: [{id: 7, frequency: 'f'}, {id: 9, frequency: 'r'}],
 *     annotations: [{id: 1, image_id: 1, category_id: 7, bbox: [10, 10, 40, 40], area: 1600}],
 *   },
 *   [{image_id: 1, category_id: 7, bbox: [10, 10, 40, 30], score: 0.9}],
 *   {iouType: 'bbox'},
 * );
 * console.log(summary.APf.toFixed(2), summary.APr, apByCategory[7].toFixed(2)); // → 0.60 -1 0.60
 * ```
 *
 * @param groundTruth A parsed annotation file. Each category's `frequency` gives its group.
 * @param detections A parsed result file; its order decides among equal scores.
 * @returns `summary` with AP, AP50, AP75, APs, APm, APl, APr, APc, APf, AR@300, ARs@300, ARm@300 and ARl@300.
 * @throws ValueError naming the path of the first value that is missing or wrong: `annotations[3].bbox`.
 */
export function evaluateLvis(
  groundTruth: Annotations,
  detections: readonly Detection[],
  options: EvaluationOptions,
): DetectionResult {
  const iouType = readOptions('evaluateLvis', options);
  const truth = readGroundTruth(groundTruth, iouType, 'ignore');
  const groups = readGroups(truth);
  const negative = readCategoryLists(truth, 'neg_category_ids');
  const notExhaustive = readCategoryLists(truth, 'not_exhaustive_category_ids');
  const found = readDetections(detections, truth, iouType);
  const objects = selectObjects(truth);
  const evaluation = evaluate(truth, found, {
    objects,
    detections: selectDetections(found, truth, objects, negative, MOST),
    perCategory: MOST,
    fewer: [],
    isForgiving: (image, category) => notExhaustive[image].has(category),
  });
  const summary = summarizePrecision(evaluation);
  for (const [g, letter] of GROUPS.entries()) {
    const categories = [...groups.keys()].filter((c) => groups[c] === g);
    summary[`AP${letter}`] = meanOver(evaluation.precision, 0, {categories});
  }
  return {
    summary: {...summary, ...summarizeRecall(evaluation, MOST)},
    apByCategory: apByCategory(evaluation, truth.categories),
  };
}

function readGroups({categories: {items, positions}}: GroundTruth): number[] {
  return items.map(({frequency}, c) => {
    const group = GROUPS.indexOf(frequency as string);
    return group < 0 ? reject(`categories[${positions[c]}].frequency`, "'r', 'c' or 'f'", frequency) : group;
  });
}

/** Reads the category lists of each image, as indices. Ids unknown to the file are skipped. */
function readCategoryLists(
  {images, categories}: GroundTruth,
  key: 'neg_category_ids' | 'not_exhaustive_category_ids',
): ReadonlySet<number>[] {
  return images.items.map((image, i) => {
    const path = `images[${images.positions[i]}].${key}`;
    requireArray(path, image[key]);
    const places = new Set<number>();
    for (const [k, id] of image[key]!.entries()) {
      const place = categories.places.get(requireInteger(`${path}[${k}]`, id, 0));
      if (place !== undefined) places.add(place);
    }
    return places;
  });
}
