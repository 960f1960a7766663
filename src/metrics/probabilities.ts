import type {Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from '../core/errors';
import {onHostBackend} from '../core/host_backend';
import {isShare, LABEL_SLACK} from '../labels/label_values';

/**
 * Checks that scores `[rows, C]` are probabilities: a logit would have no bin. NaN passes.
 *
 * @returns The same tensor; on backends that cannot be read without a wait, one with NaN in place of any other value.
 * @throws ValueError on the other backends, naming the first value outside 0 … 1 and its row.
 */
export function checkedProbabilities(scores: Tensor2D): Tensor2D {
  if (onHostBackend()) {
    const values = scores.dataSync();
    const i = values.findIndex((value) => !isShare(value) && !Number.isNaN(value));
    if (i < 0) return scores;
    const row = Math.floor(i / scores.shape[1]);
    throw new ValueError(
      `Expected \`yPred\` to hold probabilities, 0 … 1, where \`fromLogits\` is false. Received: ${values[i]} in row ${row}`,
    );
  }
  const fits = tfc.logicalAnd(tfc.greaterEqual(scores, -LABEL_SLACK), tfc.lessEqual(scores, 1 + LABEL_SLACK));
  return tfc.where(fits, scores, tfc.fill(scores.shape, Number.NaN)) as Tensor2D;
}
