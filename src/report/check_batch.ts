import type {Tensor} from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {readLabels} from '../labels/host_labels';
import {requireShares} from '../labels/label_values';
import {parseLabels} from '../labels/labels';

/**
 * Checks a batch before it is counted: NaN would be in no bin and on no curve. Call inside a `tf.tidy`.
 *
 * @throws ValueError if shapes do not fit; naming the first invalid label, or the first row with a NaN score.
 */
export function checkBatch(yTrue: Tensor, yPred: Tensor, ignoreLabel: number | undefined): void {
  const labels = parseLabels(yTrue, yPred, true, ignoreLabel);
  const {form, rows, classes, counted} = labels;
  if (rows === 0) return;
  const {values, stride} = readLabels(labels);
  if (form !== 'index') requireShares(values, stride);
  const wrong = rowOfNaN(yPred.dataSync(), classes, counted?.dataSync());
  if (wrong >= 0) throw new ValueError(`Expected \`yPred\` to hold numbers. Received: NaN in row ${wrong}`);
}

/**
 * Checks probabilities computed from the scores of batches that passed `checkBatch`.
 *
 * @param columns Scores per row.
 * @param counted Which rows count. Default: all.
 * @throws ValueError for NaN, as infinite logits have no softmax.
 */
export function requireScores(scores: ArrayLike<number>, columns = 1, counted?: ArrayLike<number>): void {
  if (rowOfNaN(scores, columns, counted) >= 0) {
    throw new ValueError('Expected `yPred` to hold finite scores. Received: scores that have no probability');
  }
}

/** Finds the first counted row that holds NaN; −1 if there is none. */
function rowOfNaN(scores: ArrayLike<number>, columns: number, counted?: ArrayLike<number>): number {
  for (let i = 0; i < scores.length; ++i) {
    if (!Number.isNaN(scores[i])) continue;
    const row = Math.floor(i / columns);
    if (counted?.[row] !== 0) return row;
  }
  return -1;
}
