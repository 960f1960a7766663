import {emptyVerdicts, Matcher, type Verdicts} from './matching';
import {groupRows, sortDescending} from './ordering';
import {curveOf} from './precision';
import {AREA_RANGES, IOU_THRESHOLDS, isOutside} from './protocol';
import type {Detections} from './read_detections';
import type {GroundTruth} from './read_ground_truth';

/** Where COCO and LVIS differ. */
export interface Rules {
  /** The objects that count, as rows of the ground truth. */
  objects: Int32Array;
  /** The detections to evaluate, as rows of the detections. */
  detections: Int32Array;
  /** The maximum number of detections per image and category. */
  perCategory: number;
  /** Smaller maxima per image and category, for separate recalls. */
  fewer: readonly number[];
  /** Whether unmatched detections are ignored, as not every object is annotated. */
  isForgiving?(image: number, category: number): boolean;
}

/** By category, area range and IoU threshold, `[categories, 4, 10]`; -1 if no object counts. */
export interface Evaluation {
  precision: Float64Array;
  recall: Float64Array;
  /** Recall over all areas for each of `fewer`, `[categories, 10]`. */
  recallOfFewer: Float64Array[];
}

const THRESHOLDS = IOU_THRESHOLDS.length;

/** Matches detections with objects, image by image, and computes the precision and recall of each category. */
export function evaluate(truth: GroundTruth, detections: Detections, rules: Rules): Evaluation {
  const categories = truth.categories.items.length;
  const images = truth.images.items.length;
  const objects = byCategoryAndImage(rules.objects, truth.objects, categories, images);
  const found = byCategoryAndImage(rules.detections, detections, categories, images);
  const result = emptyEvaluation(categories, rules.fewer.length);
  const matcher = new Matcher(truth, detections);
  const scratch = new Int32Array(found.rows.length);

  for (let c = 0; c < categories; ++c) {
    const ofCategory = objects.rows.subarray(objects.starts[c], objects.starts[c + 1]);
    // Without an object precision is undefined.
    if (ofCategory.length === 0) continue;
    const rows = found.rows.subarray(found.starts[c], found.starts[c + 1]);
    const verdicts = emptyVerdicts(rows.length);
    const scores = new Float64Array(rows.length);
    const ranks = new Int32Array(rows.length);
    let judged = 0;
    let o = 0;
    for (let from = 0, to = 0; from < rows.length; from = to) {
      const image = detections.image[rows[from]];
      while (to < rows.length && detections.image[rows[to]] === image) to++;
      while (o < ofCategory.length && truth.objects.image[ofCategory[o]] < image) o++;
      const first = o;
      while (o < ofCategory.length && truth.objects.image[ofCategory[o]] === image) o++;
      sortDescending(rows, detections.scores, scratch, from, to);
      const kept = rows.subarray(from, Math.min(to, from + rules.perCategory));
      const isForgiving = rules.isForgiving?.(image, c) ?? false;
      matcher.match(kept, ofCategory.subarray(first, o), verdicts, judged, isForgiving);
      for (let rank = 0; rank < kept.length; ++rank, ++judged) {
        scores[judged] = detections.scores[kept[rank]];
        ranks[judged] = rank;
      }
    }
    const order = Int32Array.from({length: judged}, (_, i) => i);
    sortDescending(order, scores, scratch);
    writeCategory(result, c, truth, ofCategory, order, verdicts);
    const positives = countPositives(truth, ofCategory, 0);
    writeFewer(result, c, rules.fewer, positives, ranks.subarray(0, judged), verdicts.found[0]);
  }
  return result;
}

function byCategoryAndImage(
  rows: Int32Array,
  {image, category}: {image: Int32Array; category: Int32Array},
  categories: number,
  images: number,
) {
  return groupRows(groupRows(rows, image, images).rows, category, categories);
}

function emptyEvaluation(categories: number, fewer: number): Evaluation {
  const absent = (length: number) => new Float64Array(length).fill(-1);
  return {
    precision: absent(categories * AREA_RANGES.length * THRESHOLDS),
    recall: absent(categories * AREA_RANGES.length * THRESHOLDS),
    recallOfFewer: Array.from({length: fewer}, () => absent(categories * THRESHOLDS)),
  };
}

function writeCategory(
  {precision, recall}: Evaluation,
  category: number,
  truth: GroundTruth,
  objects: Int32Array,
  order: Int32Array,
  verdicts: Verdicts,
): void {
  for (let a = 0; a < AREA_RANGES.length; ++a) {
    const positives = countPositives(truth, objects, a);
    if (positives === 0) continue;
    const curve = curveOf(order, verdicts.found[a], verdicts.ignored[a], positives);
    const at = (category * AREA_RANGES.length + a) * THRESHOLDS;
    precision.set(curve.precision, at);
    recall.set(curve.recall, at);
  }
}

function writeFewer(
  {recallOfFewer}: Evaluation,
  category: number,
  fewer: readonly number[],
  positives: number,
  ranks: Int32Array,
  found: Uint16Array,
): void {
  if (positives === 0) return;
  for (const [m, limit] of fewer.entries()) {
    const hits = new Int32Array(THRESHOLDS);
    for (let i = 0; i < ranks.length; ++i) {
      if (found[i] === 0 || ranks[i] >= limit) continue;
      for (let t = 0; t < THRESHOLDS; ++t) hits[t] += (found[i] >> t) & 1;
    }
    for (let t = 0; t < THRESHOLDS; ++t) {
      recallOfFewer[m][category * THRESHOLDS + t] = hits[t] / positives;
    }
  }
}

/** Counts the objects in an area range. */
function countPositives({objects: regions, ignored}: GroundTruth, objects: Int32Array, a: number): number {
  let positives = 0;
  for (const row of objects) {
    if (ignored[row] === 0 && !isOutside(regions.area[row], AREA_RANGES[a])) positives++;
  }
  return positives;
}
