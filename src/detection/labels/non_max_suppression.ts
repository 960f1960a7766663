import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import {type Boxes, boxTensor} from './boxes';

/** Thresholds and limits of the suppression. */
export interface NonMaxSuppressionOptions {
  /** The IoU with a better box of its class at which a box is dropped, 0 … 1. Default: 0.5. */
  iouThreshold?: number;
  /** A box counts for the classes whose score exceeds this. Default: 0.05. */
  scoreThreshold?: number;
  /** The maximum number of boxes kept, over all classes. Default: 300, as in LVIS. */
  maxOutput?: number;
}

/** The remaining boxes, by descending score. */
export interface KeptBoxes {
  /** Rows of the boxes, int32 `[k]`; a box may occur for several classes. */
  indices: Tensor1D;
  /** The class of each, int32 `[k]`. */
  labels: Tensor1D;
  /** float32 `[k]`. */
  scores: Tensor1D;
}

interface Candidate {
  row: number;
  label: number;
  score: number;
}

/**
 * Suppresses non-maximal boxes within each class (`tf.image.nonMaxSuppressionAsync`): of overlapping boxes of one
 * class, the one with the highest score is kept.
 *
 * @example
 * ```ts
 * const boxes = [[0, 0, 10, 10], [0, 0, 10, 9], [30, 30, 40, 40]];
 * const scores = tf.tensor2d([[0.9, 0.1], [0.8, 0.6], [0, 0.7]]);
 * const {indices, labels} = await nonMaxSuppression(boxes, scores);
 * console.log(indices.dataSync(), labels.dataSync()); // → Int32Array(3) [ 0, 2, 1 ] Int32Array(3) [ 0, 1, 1 ]
 * ```
 *
 * @param boxes `[n, 4]`, two corners each.
 * @param scores float32 `[n, C]`, without background.
 * @throws ValueError for other shapes and unknown or wrong options.
 */
export async function nonMaxSuppression(
  boxes: Boxes,
  scores: Tensor2D,
  options: NonMaxSuppressionOptions = {},
): Promise<KeptBoxes> {
  checkOptions('nonMaxSuppression', options, ['iouThreshold', 'scoreThreshold', 'maxOutput']);
  const iouThreshold = requireNumber('iouThreshold', options.iouThreshold ?? 0.5, 0, 1);
  const scoreThreshold = requireNumber('scoreThreshold', options.scoreThreshold ?? 0.05);
  const maxOutput = requireInteger('maxOutput', options.maxOutput ?? 300, 1);
  const tensor = boxTensor('boxes', boxes);
  const [n] = tensor.shape;
  if (!(scores instanceof tfc.Tensor) || scores.rank !== 2 || scores.shape[0] !== n) {
    reject('scores', `a tensor of shape [${n}, C]`, scores);
  }
  const [corners, values] = await Promise.all([tensor.data<'float32'>(), scores.data<'float32'>()]);
  if (tensor !== boxes) tensor.dispose();

  const kept: Candidate[] = [];
  for (let label = 0; label < scores.shape[1]; ++label) {
    const candidates: Candidate[] = [];
    for (let row = 0; row < n; ++row) {
      const score = values[row * scores.shape[1] + label];
      if (score > scoreThreshold) candidates.push({row, label, score});
    }
    if (candidates.length > 0) kept.push(...(await suppress(candidates, corners, maxOutput, iouThreshold)));
  }
  kept.sort((a, b) => b.score - a.score);
  kept.splice(maxOutput);
  const column = (key: keyof Candidate, dtype: 'int32' | 'float32') =>
    tfc.tensor1d(
      kept.map((candidate) => candidate[key]),
      dtype,
    );
  return {
    indices: column('row', 'int32'),
    labels: column('label', 'int32'),
    scores: column('score', 'float32'),
  };
}

/** Selects the candidates of one class to keep. */
async function suppress(
  candidates: Candidate[],
  corners: Float32Array,
  maxOutput: number,
  iouThreshold: number,
): Promise<Candidate[]> {
  const boxes = new Float32Array(4 * candidates.length);
  for (const [k, {row}] of candidates.entries()) boxes.set(corners.subarray(4 * row, 4 * row + 4), 4 * k);
  const tensors = [
    tfc.tensor2d(boxes, [candidates.length, 4]),
    tfc.tensor1d(candidates.map(({score}) => score)),
  ];
  const [boxesTensor, scoresTensor] = tensors as [Tensor2D, Tensor1D];
  const kept = await tfc.image.nonMaxSuppressionAsync(boxesTensor, scoresTensor, maxOutput, iouThreshold);
  const places = await kept.data();
  tfc.dispose([...tensors, kept]);
  return Array.from(places, (place) => candidates[place]);
}
