import {ALL_THRESHOLDS} from './matching';
import {IOU_THRESHOLDS, RECALLS} from './protocol';

const THRESHOLDS = IOU_THRESHOLDS.length;
// numpy.spacing(1), which the official evaluators add to avoid 0 / 0.
const SPACING = Number.EPSILON;

/** Average precision and recall of one category and area range, `[10]` each, by IoU threshold. */
export interface Curve {
  precision: Float64Array;
  recall: Float64Array;
}

/**
 * @param order The category's detections by descending score.
 * @param found Bit t of a detection: at threshold t it matched an object that counts.
 * @param ignored Bit t of a detection: at threshold t it counts neither as right nor as wrong.
 * @param positives The number of objects that count, ≥ 1.
 */
export function curveOf(
  order: Int32Array,
  found: Uint16Array,
  ignored: Uint16Array,
  positives: number,
): Curve {
  const hits = new Int32Array(THRESHOLDS);
  const misses = new Int32Array(THRESHOLDS);
  // All thresholds agree on most detections.
  let missedByAll = 0;
  // Recall changes only at hits: the rest of the curve adds nothing to its envelope.
  const precisions = new Float64Array(THRESHOLDS * positives);
  for (let i = 0; i < order.length; ++i) {
    const right = found[order[i]];
    const neither = ignored[order[i]];
    if (right === 0 && neither === 0) {
      missedByAll++;
    } else if (neither !== ALL_THRESHOLDS) {
      for (let t = 0; t < THRESHOLDS; ++t) {
        const bit = 1 << t;
        if (right & bit) {
          const hit = ++hits[t];
          precisions[t * positives + hit - 1] = hit / (missedByAll + misses[t] + hit + SPACING);
        } else if (!(neither & bit)) misses[t]++;
      }
    }
  }
  const precision = new Float64Array(THRESHOLDS);
  for (let t = 0; t < THRESHOLDS; ++t) {
    const points = precisions.subarray(t * positives, t * positives + hits[t]);
    precision[t] = averageOf(points, positives);
  }
  return {precision, recall: Float64Array.from(hits, (hit) => hit / positives)};
}

/** The mean over `RECALLS` of the highest precision from each recall on. `points` is overwritten. */
function averageOf(points: Float64Array, positives: number): number {
  for (let k = points.length - 2; k >= 0; --k) points[k] = Math.max(points[k], points[k + 1]);
  let sum = 0;
  let k = 0;
  for (const recall of RECALLS) {
    while (k < points.length && (k + 1) / positives < recall) k++;
    if (k === points.length) break;
    sum += points[k];
  }
  return sum / RECALLS.length;
}
