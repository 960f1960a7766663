import type {Tensor} from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {readLabels} from '../labels/host_labels';
import {requireShares} from '../labels/label_values';
import {parseLabels} from '../labels/labels';

/**
 * Looks at a batch before it is counted: what is no number would be in no bin and on no curve. Call inside a `tf.tidy`.
 *
 * @throws ValueError when shapes do not fit, naming the first label that is none, and the first score that is NaN.
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
 * Looks at what was made of the scores of batches that `checkBatch` let pass.
 *
 * @param columns Scores in a row.
 * @param counted Which rows count. Default: all.
 * @throws ValueError for a score that is NaN: there is no softmax of infinite logits.
 */
export function requireScores(scores: ArrayLike<number>, columns = 1, counted?: ArrayLike<number>): void {
  if (rowOfNaN(scores, columns, counted) >= 0) {
    throw new ValueError(
      'Expected `yPred` to hold finite scores. Received: some of which there is no probability',
    );
  }
}

/** The first row that counts and holds NaN, or −1. */
function rowOfNaN(scores: ArrayLike<number>, columns: number, counted?: ArrayLike<number>): number {
  for (let i = 0; i < scores.length; ++i) {
    if (!Number.isNaN(scores[i])) continue;
    const row = Math.floor(i / columns);
    if (counted?.[row] !== 0) return row;
  }
  return -1;
}
