import type {Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {type Boxes, boxTensor} from './boxes';

/** Factors of the four numbers of a box target: two for the center, two for the sides. */
export type BoxWeights = readonly [number, number, number, number];

/** Fast R-CNN's, which give the targets of typical proposals a spread of about 1. */
export const BOX_WEIGHTS: BoxWeights = [10, 10, 5, 5];

/** How box targets are scaled. */
export interface DecodeBoxesOptions {
  /** The same as in `matchProposals`. Default: `[10, 10, 5, 5]`. */
  weights?: BoxWeights;
}

// Keeps exp of a network's output from overflowing: sides grow at most 62.5-fold.
const LARGEST_LOG = Math.log(1000 / 16);

/** @throws ValueError unless `weights` are four positive numbers. */
export function requireWeights(weights: BoxWeights): BoxWeights {
  const areWeights =
    Array.isArray(weights) && weights.length === 4 && weights.every((w) => Number.isFinite(w) && w > 0);
  return areWeights ? weights : reject('weights', 'four finite numbers > 0', weights);
}

/**
 * Writes the transformation from box i of `boxes` to box j of `targets` at index `to`: (t − p) / side of the centers,
 * and the logarithms of the sides' ratios, times the weights ("Fast R-CNN", arXiv 1504.08083; eq. 1–4 of arXiv
 * 1311.2524).
 */
export function encodeBox(
  boxes: ArrayLike<number>,
  i: number,
  targets: ArrayLike<number>,
  j: number,
  weights: BoxWeights,
  into: Float32Array,
  to: number,
): void {
  for (let axis = 0; axis < 2; ++axis) {
    const [low, high] = [boxes[4 * i + axis], boxes[4 * i + axis + 2]];
    const [targetLow, targetHigh] = [targets[4 * j + axis], targets[4 * j + axis + 2]];
    const side = high - low;
    into[4 * to + axis] = (weights[axis] * ((targetLow + targetHigh) / 2 - (low + high) / 2)) / side;
    into[4 * to + axis + 2] = weights[axis + 2] * Math.log((targetHigh - targetLow) / side);
  }
}

/**
 * Decodes a head's outputs into boxes: the inverse of the box targets of `matchProposals`.
 *
 * @example
 * ```ts
 * const proposals = [[0, 0, 10, 20]];
 * const boxes = decodeBoxes(tf.tensor2d([[5, 0, 0, 0]]), proposals); // half a side down
 * console.log(boxes.dataSync()); // → Float32Array(4) [ 5, 0, 15, 20 ]
 * ```
 *
 * @param outputs float32 `[n, 4]`, in the order of the boxes' own axes.
 * @param proposals `[n, 4]`, two corners each.
 * @returns float32 `[n, 4]`, two corners each. Sides are at most 62.5 times those of the proposals.
 * @throws ValueError for other shapes, unknown options and weights that are not four positive numbers.
 */
export function decodeBoxes(outputs: Tensor2D, proposals: Boxes, options: DecodeBoxesOptions = {}): Tensor2D {
  checkOptions('decodeBoxes', options, ['weights']);
  const [w0, w1, w2, w3] = requireWeights(options.weights ?? BOX_WEIGHTS);
  return tfc.tidy(() => {
    const boxes = boxTensor('proposals', proposals);
    const n = boxes.shape[0];
    const given = boxTensor('outputs', outputs);
    if (given.shape[0] !== n) reject('outputs', `of shape [${n}, 4]`, outputs);
    const half = (of: Tensor2D, from: number) => tfc.slice2d(of, [0, from], [n, 2]);
    const [low, high] = [half(boxes, 0), half(boxes, 2)];
    const sides = tfc.sub(high, low);
    const centers = tfc.div(tfc.add(low, high), 2);
    const shifts = tfc.mul(tfc.div(half(given, 0), tfc.tensor2d([[w0, w1]])), sides);
    const logs = tfc.minimum(tfc.div(half(given, 2), tfc.tensor2d([[w2, w3]])), LARGEST_LOG);
    const reach = tfc.div(tfc.mul(tfc.exp(logs), sides), 2);
    const moved = tfc.add(centers, shifts);
    return tfc.concat([tfc.sub(moved, reach), tfc.add(moved, reach)], 1) as Tensor2D;
  });
}
