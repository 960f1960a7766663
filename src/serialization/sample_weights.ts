import type {Tensor, Tensor1D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {heldClassesOfRow} from '../labels/held_classes';
import {hostLabels, type LabelValues} from '../labels/host_labels';
import {integerForm, labelForm} from '../labels/label_form';

/** Values read at a time: labels may be as large as the logits of a whole dataset. */
const BLOCK = 2 ** 20;
const DTYPES = new Set(['bool', 'float32', 'int32']);

/** Labels that a loss accepts. */
export interface TakenLabels {
  /** The integer label of ignored rows. */
  ignoreLabel?: number;
  /** Whether a label may be background. */
  takesBackground?: boolean;
}

/**
 * Computes the weight of each sample from the class its label has for this package's losses: an integer itself, the arg
 * max of a row whose sum is at most 1 (background is 1 minus the sum, or the last column, and loses ties), or the one
 * class above ½ of any other row.
 *
 * @param labels `[batch]`, `[batch, 1]`, `[batch, C]` or `[batch, C + 1]`. Not disposed.
 * @param weights Weights of the classes and, last, of background, `[C + 1]`.
 * @param taken Labels that the loss accepts; an ignored row has weight 0. Default: accepts background, ignores no row.
 * @returns float32 `[batch]`, which the caller disposes.
 * @throws ValueError for labels that are not numbers, of an unknown form or class, and for rows that hold several
 *   classes.
 */
export async function sampleWeights(
  labels: Tensor,
  weights: ArrayLike<number>,
  {ignoreLabel, takesBackground: background = true}: TakenLabels = {},
): Promise<Tensor1D> {
  if (!DTYPES.has(labels.dtype)) reject('yTrue', 'labels of dtype float32, int32 or bool', labels.dtype);
  const classes = weights.length - 1;
  const rows = labels.shape[0];
  const form = labelForm(labels.shape, [rows, classes], background);
  const width = rows === 0 ? 1 : labels.size / rows;
  const result = new Float32Array(rows);
  const perBlock = Math.max(1, Math.floor(BLOCK / width));
  for (let first = 0; first < rows; first += perBlock) {
    const count = Math.min(perBlock, rows - first);
    const block = tfc.tidy(() => tfc.slice(labels, first, count));
    const values = await block.data().finally(() => block.dispose());
    const isIgnored = (row: number) =>
      ignoreLabel !== undefined && form === integerForm(classes) && values[row] === ignoreLabel;
    const known = ignoreLabel === undefined ? values : values.map((x, row) => (isIgnored(row) ? 0 : x));
    const read = hostLabels({form, rows: count, classes, background}, known as LabelValues, first);
    for (let row = 0; row < count; ++row) {
      if (isIgnored(row)) continue;
      const held = heldClassesOfRow(read, row);
      if (held.length > 1) {
        reject('classWeight', `left out: row ${first + row} of the labels holds several classes`, held);
      }
      result[first + row] = weights[held[0] ?? classes];
    }
  }
  return tfc.tensor1d(result);
}
