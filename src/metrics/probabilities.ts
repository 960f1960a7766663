import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {onHostBackend} from '../core/host_backend';
import {isShare, LABEL_SLACK} from '../labels/label_values';

/**
 * Checks scores `[rows, C]` that are read as probabilities: logits among them would be compared with 0.5, or have no
 * bin.
 *
 * @param counted Which rows count, bool `[rows]`. Default: all.
 * @returns The same tensor; on backends that cannot be read synchronously, one with NaN in place of other values.
 * @throws ValueError naming the first other value and its row, on the other backends. NaN is not rejected.
 */
export function checkedProbabilities(scores: Tensor2D, counted?: Tensor): Tensor2D {
  if (onHostBackend()) {
    requireProbabilities(scores.dataSync(), scores.shape[1], counted?.dataSync());
    return scores;
  }
  const fits = tfc.logicalAnd(tfc.greaterEqual(scores, -LABEL_SLACK), tfc.lessEqual(scores, 1 + LABEL_SLACK));
  const ignored = counted && tfc.logicalNot(tfc.cast(counted, 'bool') as Tensor1D);
  const passes = ignored
    ? tfc.logicalOr(fits, tfc.tile(tfc.expandDims(ignored, 1), [1, scores.shape[1]]))
    : fits;
  return tfc.where(passes, scores, tfc.fill(scores.shape, Number.NaN)) as Tensor2D;
}

function requireProbabilities(
  scores: ArrayLike<number>,
  columns: number,
  counted: ArrayLike<number> | undefined,
): void {
  for (let i = 0; i < scores.length; ++i) {
    if (isShare(scores[i]) || Number.isNaN(scores[i])) continue;
    const row = Math.floor(i / columns);
    if (counted?.[row] === 0) continue;
    throw new ValueError(
      `Expected \`yPred\` to hold probabilities, 0 … 1, where \`fromLogits\` is false. Received: ${scores[i]} in row ${row}`,
    );
  }
}
