import {evaluate} from './evaluate';
import type {Annotations, Detection} from './formats';
import {type EvaluationOptions, readOptions} from './options';
import {readDetections} from './read_detections';
import {readGroundTruth} from './read_ground_truth';
import {apByCategory, type DetectionResult, summarizePrecision, summarizeRecall} from './summary';

const MOST = 100;
const FEWER = [1, 10];

/**
 * COCO's average precision and recall, to the digits of pycocotools' `COCOeval`.
 *
 * @example
 * ```ts
 * const {summary} = evaluateCoco(
 *   {
 *     images: [{id: 1}],
 *     categories: [{id: 7}],
 *     annotations: [{id: 1, image_id: 1, category_id: 7, bbox: [10, 10, 40, 40], area: 1600, iscrowd: 0}],
 *   },
 *   [{image_id: 1, category_id: 7, bbox: [10, 10, 40, 30], score: 0.9}],
 *   {iouType: 'bbox'},
 * );
 * console.log(summary.AP50.toFixed(2), summary.AP.toFixed(2)); // → 1.00 0.60
 * ```
 *
 * @param groundTruth A parsed annotation file.
 * @param detections A parsed result file; its order decides among equal scores.
 * @returns `summary` with AP, AP50, AP75, APs, APm, APl, AR@1, AR@10, AR@100, ARs@100, ARm@100 and ARl@100.
 * @throws ValueError naming the path of the first value that is missing or wrong: `annotations[3].bbox`.
 */
export function evaluateCoco(
  groundTruth: Annotations,
  detections: readonly Detection[],
  options: EvaluationOptions,
): DetectionResult {
  const iouType = readOptions('evaluateCoco', options);
  const truth = readGroundTruth(groundTruth, iouType, 'iscrowd');
  const found = readDetections(detections, truth, iouType);
  const evaluation = evaluate(truth, found, {
    objects: Int32Array.from({length: truth.objects.length}, (_, row) => row),
    detections: Int32Array.from({length: found.length}, (_, row) => row),
    perCategory: MOST,
    fewer: FEWER,
  });
  const summary = summarizePrecision(evaluation);
  for (const [m, limit] of FEWER.entries())
    summary[`AR@${limit}`] = meanOfPresent(evaluation.recallOfFewer[m]);
  return {
    summary: {...summary, ...summarizeRecall(evaluation, MOST)},
    apByCategory: apByCategory(evaluation, truth.categories),
  };
}

function meanOfPresent(values: Float64Array): number {
  const present = values.filter((value) => value >= 0);
  return present.length === 0 ? -1 : present.reduce((sum, value) => sum + value, 0) / present.length;
}
