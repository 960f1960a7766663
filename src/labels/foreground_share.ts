import * as tfc from '@tensorflow/tfjs-core';
import type {Labels} from './labels';

/**
 * E(r) of each row, `[rows, 1]`: 1 − `backgroundShare` of host_labels.ts, which explains it.
 *
 * @param y Dense labels of the classes, `[rows, C]`.
 */
export function foregroundShare({form, values, rows, classes}: Labels, y: tfc.Tensor2D): tfc.Tensor {
  if (form !== 'multiHotWithBackground') return tfc.clipByValue(tfc.sum(y, 1, true), 0, 1);
  const background = tfc.cast(tfc.slice(values as tfc.Tensor2D, [0, classes], [rows, 1]), 'float32');
  const largest = tfc.max(y, 1, true);
  const share = tfc.clipByValue(tfc.maximum(tfc.sub(1, background), largest), 0, 1);
  // NaN, of labels out of range, stays NaN: 0 · NaN is NaN.
  return tfc.mul(tfc.cast(tfc.greater(largest, 0), 'float32'), share);
}
