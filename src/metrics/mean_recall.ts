import type {Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {columnSums} from './class_hits';

/**
 * Mean recall of the classes that occur.
 *
 * @param hits float32 `[C]`.
 * @param support float32 `[C]`.
 * @returns A float32 scalar; NaN if no class occurs.
 */
export function meanRecall(hits: Tensor, support: Tensor): Tensor {
  const column = (x: Tensor) => tfc.reshape(x, [-1, 1]) as Tensor2D;
  const occurs = tfc.cast(tfc.greater(support, 0), 'float32');
  const recall = tfc.div(hits, tfc.maximum(support, 1e-30));
  return tfc.reshape(tfc.div(columnSums(column(recall)), columnSums(column(occurs))), []);
}
