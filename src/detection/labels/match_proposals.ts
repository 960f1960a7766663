import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {Random} from '../../core/random';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import {BOX_WEIGHTS, type BoxWeights, encodeBox, requireWeights} from './box_coding';
import {boxAreas, writeIoUs} from './box_iou';
import {type Boxes, readBoxes} from './boxes';

/** The objects of an image. */
export interface LabelledBoxes {
  /** `[m, 4]`, two corners each. */
  boxes: Boxes;
  /** Classes 0 … C − 1, `[m]`. */
  labels: Tensor1D | ArrayLike<number>;
}

/** How proposals are matched and sampled. */
export interface MatchProposalsOptions {
  /** C: background gets the label C. */
  numClasses: number;
  /** An integer that determines the sample. Use a different one for each image and step. */
  seed: number;
  /** The IoU from which a proposal is foreground, in (0, 1]. Default: 0.5. */
  foregroundIoU?: number;
  /** The maximum number of sampled proposals. Default: 512. */
  perImage?: number;
  /** The maximum share of `perImage` that is foreground, 0 … 1. Default: 0.25. */
  foregroundFraction?: number;
  /** Factors of the box targets. Default: `[10, 10, 5, 5]`. */
  weights?: BoxWeights;
}

/** A head's training targets for the proposals of an image. */
export interface MatchedProposals {
  /** The sampled proposals, int32 `[s]`, ascending. `tf.gather(proposals, indices)` gives their boxes. */
  indices: Tensor1D;
  /** The class of the object with the highest IoU, or C for background, int32 `[s]`. */
  labels: Tensor1D;
  /**
   * The transformation from proposal to object, float32 `[s, 4]`, in the order of the boxes' own axes. 0 for
   * background.
   */
  boxTargets: Tensor2D;
}

const OPTIONS = ['numClasses', 'seed', 'foregroundIoU', 'perImage', 'foregroundFraction', 'weights'];

/**
 * Labels the proposals of an image and samples some of them, as Fast R-CNN does: a proposal has the class of the object
 * with which its IoU is highest (the first of several) if that reaches `foregroundIoU`, and is background otherwise.
 * All foreground proposals are sampled, up to `foregroundFraction`; background makes up the rest. To learn from the
 * objects themselves, append their boxes to the proposals.
 *
 * @example
 * ```ts
 * const proposals = [[0, 0, 10, 10], [0, 0, 9, 10], [50, 50, 60, 60]];
 * const groundTruth = {boxes: [[0, 0, 10, 10]], labels: [7]};
 * const {labels, boxTargets} = matchProposals(proposals, groundTruth, {numClasses: 20, seed: 1});
 * console.log(labels.dataSync()); // → Int32Array(3) [ 7, 7, 20 ]
 * ```
 *
 * @param proposals `[n, 4]`, two corners each.
 * @param groundTruth Boxes of the same kind and their classes. It may be empty.
 * @throws ValueError for other shapes, numbers that are not finite, labels that are not classes, and unknown or wrong
 *   options.
 */
export function matchProposals(
  proposals: Boxes,
  groundTruth: LabelledBoxes,
  options: MatchProposalsOptions,
): MatchedProposals {
  const settings = readSettings(options);
  const boxes = readBoxes('proposals', proposals);
  const objects = readBoxes('groundTruth.boxes', groundTruth?.boxes);
  const classes = readLabels(groundTruth.labels, objects.length / 4, settings.numClasses);
  const matches = match(boxes, objects, settings.foregroundIoU);
  const indices = draw(matches, settings);

  const labels = new Int32Array(indices.length).fill(settings.numClasses);
  const boxTargets = new Float32Array(4 * indices.length);
  for (const [k, i] of indices.entries()) {
    const j = matches[i];
    if (j < 0) continue;
    labels[k] = classes[j];
    encodeBox(boxes, i, objects, j, settings.weights, boxTargets, k);
  }
  return {
    indices: tfc.tensor1d(indices, 'int32'),
    labels: tfc.tensor1d(labels, 'int32'),
    boxTargets: tfc.tensor2d(boxTargets, [indices.length, 4]),
  };
}

function readSettings(options: MatchProposalsOptions): Required<MatchProposalsOptions> {
  checkOptions('matchProposals', options, OPTIONS);
  const {numClasses, seed, foregroundIoU = 0.5, perImage = 512, foregroundFraction = 0.25} = options;
  return {
    numClasses: requireInteger('numClasses', numClasses, 1),
    seed: requireInteger('seed', seed, Number.MIN_SAFE_INTEGER),
    foregroundIoU: requireNumber('foregroundIoU', foregroundIoU, Number.MIN_VALUE, 1),
    perImage: requireInteger('perImage', perImage, 1),
    foregroundFraction: requireNumber('foregroundFraction', foregroundFraction, 0, 1),
    weights: requireWeights(options.weights ?? BOX_WEIGHTS),
  };
}

function readLabels(labels: LabelledBoxes['labels'], count: number, numClasses: number): ArrayLike<number> {
  const values = labels instanceof tfc.Tensor ? labels.dataSync() : labels;
  if (values?.length !== count) reject('groundTruth.labels', `${count} labels, one for each box`, labels);
  for (let i = 0; i < count; ++i) {
    requireInteger(`groundTruth.labels[${i}]`, values[i], 0, numClasses - 1);
  }
  return values;
}

/** The matched object of each proposal, -1 for background. */
function match(boxes: Float64Array, objects: Float64Array, foregroundIoU: number): Int32Array {
  const matches = new Int32Array(boxes.length / 4).fill(-1);
  const areas = boxAreas(objects);
  const ious = new Float64Array(areas.length);
  for (let i = 0; i < matches.length; ++i) {
    ious.fill(0);
    writeIoUs(boxes, i, objects, areas, ious, 0);
    let highest = 0;
    for (let j = 0; j < ious.length; ++j) {
      if (ious[j] <= highest || ious[j] < foregroundIoU) continue;
      highest = ious[j];
      matches[i] = j;
    }
  }
  return matches;
}

/** Samples proposals, in ascending order. */
function draw(
  matches: Int32Array,
  {seed, perImage, foregroundFraction}: Required<MatchProposalsOptions>,
): Int32Array {
  const random = new Random(seed);
  const all = Int32Array.from(matches, (_, i) => i);
  const some = (rows: Int32Array, most: number) => random.shuffle(rows).subarray(0, most);
  const foreground = some(
    all.filter((i) => matches[i] >= 0),
    Math.floor(perImage * foregroundFraction),
  );
  const background = some(
    all.filter((i) => matches[i] < 0),
    perImage - foreground.length,
  );
  return Int32Array.of(...foreground, ...background).sort();
}
