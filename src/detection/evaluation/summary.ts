import type {Evaluation} from './evaluate';
import type {Identified} from './identifiers';
import {AREA_RANGES, IOU_THRESHOLDS} from './protocol';

/** The result of an evaluation. */
export interface DetectionResult {
  /** Means over categories, IoU thresholds and recalls, 0 … 1; -1 if no object counts. */
  summary: Record<string, number>;
  /** AP over all areas by category id, 0 … 1; -1 for categories without an object that counts. */
  apByCategory: Record<number, number>;
}

const THRESHOLDS = IOU_THRESHOLDS.length;
const AREAS = AREA_RANGES.length;

/** AP, AP50, AP75, APs, APm and APl. */
export function summarizePrecision({precision}: Evaluation): Record<string, number> {
  const summary: Record<string, number> = {AP: meanOver(precision, 0)};
  for (const percent of [50, 75]) {
    summary[`AP${percent}`] = meanOver(precision, 0, {threshold: IOU_THRESHOLDS.indexOf(percent / 100)});
  }
  for (let a = 1; a < AREAS; ++a) summary[`AP${AREA_RANGES[a].letter}`] = meanOver(precision, a);
  return summary;
}

/** AR@n, ARs@n, ARm@n and ARl@n. */
export function summarizeRecall({recall}: Evaluation, most: number): Record<string, number> {
  return Object.fromEntries(AREA_RANGES.map(({letter}, a) => [`AR${letter}@${most}`, meanOver(recall, a)]));
}

/** AP over all areas of each category, by id. */
export function apByCategory(
  {precision}: Evaluation,
  categories: Identified<{readonly id: number}>,
): Record<number, number> {
  return Object.fromEntries(
    categories.items.map(({id}, c) => [id, meanOver(precision, 0, {categories: [c]})]),
  );
}

/**
 * The mean of `[categories, 4, 10]` in area range `a`, over the entries that are not absent; -1 if all are.
 *
 * @param only Restricts it to these categories and this IoU threshold.
 */
export function meanOver(
  values: Float64Array,
  a: number,
  only: {categories?: readonly number[]; threshold?: number} = {},
): number {
  const all = values.length / AREAS / THRESHOLDS;
  const categories = only.categories ?? Array.from({length: all}, (_, c) => c);
  const [first, last] = only.threshold === undefined ? [0, THRESHOLDS - 1] : [only.threshold, only.threshold];
  let sum = 0;
  let count = 0;
  for (const c of categories) {
    for (let t = first; t <= last; ++t) {
      const value = values[(c * AREAS + a) * THRESHOLDS + t];
      if (value < 0) continue;
      sum += value;
      count++;
    }
  }
  return count === 0 ? -1 : sum / count;
}
