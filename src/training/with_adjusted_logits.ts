import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {FrequencyInfo} from '../frequency';
import {type AdjustLogitsOptions, adjustments} from './adjust_logits';
import {copyModel} from './copy_model';
import {lastDense} from './last_dense';

/**
 * A trained model whose logits are adjusted as by `adjustLogits`: −τ · log π_j is folded into the bias of its last
 * dense layer, which gets one if it has none. A softmax or sigmoid after the logits stays. What comes out is a plain
 * LayersModel of its own, not compiled: saved, it needs nothing of this package to serve. The model it was made from
 * stays as it is.
 *
 * @example
 * ```ts
 * const adjusted = withAdjustedLogits(model, freqInfo, {tau: 1});
 * const classes = tf.argMax(adjusted.predict(xs) as tf.Tensor, -1);
 * ```
 *
 * @param model A Sequential or functional model of one output, which ends in a dense layer of C units, or in an
 *   activation after it.
 * @throws ValueError naming the layer where nothing can be folded, and for what `adjustLogits` refuses.
 */
export function withAdjustedLogits(
  model: LayersModel,
  freqInfo: FrequencyInfo,
  options: AdjustLogitsOptions = {},
): LayersModel {
  const {layer, units} = lastDense(model);
  const by = adjustments('withAdjustedLogits', units, freqInfo, options);
  return copyModel(model, layer, {useBias: true}, ([kernel, bias]: Tensor[]) => {
    const current = bias?.dataSync() ?? new Float32Array(units);
    return [kernel, tfc.tensor1d(Float32Array.from(by, (adjustment, j) => current[j] - adjustment))];
  });
}
