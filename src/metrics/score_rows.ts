import type {Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {onHostBackend} from '../core/host_backend';
import type {MetricContext} from '../core/metric';
import {heldClasses} from '../labels/held_classes';
import {neutralScores} from '../labels/ignored_rows';
import {type Labels, parseLabels} from '../labels/labels';

/** The activation for logits: classes are mutually exclusive, or not. */
export type Activation = 'softmax' | 'sigmoid';

/** What is known about yPred. */
export interface ScoreContext extends MetricContext {
  fromLogits: boolean;
}

/** Scores of samples for all classes. */
export interface ScoreRows {
  labels: Labels;
  /** float32 `[rows, C]`; 0 in rows that do not count. */
  scores: Tensor2D;
  /** Which classes each row holds, 0 or 1, float32 `[rows, C]`; NaN if a label is invalid. */
  held: Tensor2D;
}

/** Reads labels and predictions. Call inside a `tf.tidy`. @throws ValueError if shapes or label values do not fit. */
export function scoreRows(yTrue: Tensor, yPred: Tensor, ignoreLabel?: number): ScoreRows {
  const labels = parseLabels(yTrue, yPred, true, ignoreLabel);
  const {rows, classes, counted} = labels;
  const all = tfc.cast(tfc.reshape(yPred, [rows, classes]), 'float32') as Tensor2D;
  const scores = counted && rows > 0 ? neutralScores(all, counted, 0) : all;
  const held = rows === 0 ? (tfc.zeros([0, classes]) as Tensor2D) : heldClasses(labels);
  return {labels, scores, held};
}

/**
 * The default activation for logits: sigmoid for a single one, softmax for others.
 *
 * @throws ValueError if samples hold several classes, which a softmax does not allow; on backends that can be read
 *   synchronously.
 */
export function activationOf(rows: ScoreRows, given: Activation | undefined): Activation {
  const {labels, held} = rows;
  if (given !== undefined) return given;
  if (labels.classes === 1) return 'sigmoid';
  if (labels.form !== 'index' && onHostBackend() && holdsSeveral(held)) {
    throw new ValueError(
      "Expected `activation` to be given, as samples hold several classes. Received: undefined ('sigmoid' for classes " +
        'that do not exclude each other)',
    );
  }
  return 'softmax';
}

function holdsSeveral(held: Tensor2D): boolean {
  const [rows, classes] = held.shape;
  const values = held.dataSync();
  for (let row = 0; row < rows; ++row) {
    let sum = 0;
    for (let j = 0; j < classes; ++j) sum += values[row * classes + j];
    if (sum > 1) return true;
  }
  return false;
}

/** z_j − log Σ_k exp z_k: orders samples as softmax does, without its ties near 0 and 1. */
export function logSoftmax(z: Tensor2D): Tensor2D {
  const shifted = tfc.sub(z, tfc.max(z, 1, true)) as Tensor2D;
  // A product with ones instead of tf.sum, which is off by up to 7e-4 on wasm.
  const sums = tfc.matMul(tfc.exp(shifted), tfc.ones([z.shape[1], 1]) as Tensor2D);
  return tfc.sub(shifted, tfc.log(sums)) as Tensor2D;
}
