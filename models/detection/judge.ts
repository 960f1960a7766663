import {type DetectionResult, evaluateLvis} from '../../src/detection';
import {type ClassFrequency, frequencyGroups} from '../../src/frequency';
import type {GreyPage} from './data/grey_page';
import type {Found} from './detect_page';

const LETTERS = ['r', 'c', 'f'];

/** LVIS's average precision. Groups go by the number of training boxes; every object on a page is annotated. */
export function judge(
  pages: readonly GreyPage[],
  found: readonly Found[],
  freqInfo: ClassFrequency,
): DetectionResult {
  const {groupOf} = frequencyGroups(freqInfo);
  const ids = Array.from(groupOf.keys(), (label) => label + 1);
  const image = {neg_category_ids: ids, not_exhaustive_category_ids: []};
  let id = 0;
  const groundTruth = {
    images: pages.map((_, p) => ({...image, id: p + 1})),
    categories: ids.map((own, label) => ({id: own, frequency: LETTERS[groupOf[label]]})),
    annotations: pages.flatMap(({boxes, labels}, p) =>
      Array.from(labels, (label, k) => {
        const bbox = sides(boxes, k);
        return {id: ++id, image_id: p + 1, category_id: label + 1, bbox, area: bbox[2] * bbox[3]};
      }),
    ),
  };
  const detections = found.flatMap(({boxes, labels, scores}, p) =>
    labels.map((label, k) => ({
      image_id: p + 1,
      category_id: label + 1,
      bbox: sides(boxes, k),
      score: scores[k],
    })),
  );
  return evaluateLvis(groundTruth, detections, {iouType: 'bbox'});
}

/** x, y, width, height of box k. */
function sides(boxes: ArrayLike<number>, k: number): number[] {
  const [y1, x1, y2, x2] = [0, 1, 2, 3].map((side) => boxes[4 * k + side]);
  return [x1, y1, x2 - x1, y2 - y1];
}
