import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {FrequencyInfo} from '../frequency';
import {type AdjustLogitsOptions, adjustments} from './adjust_logits';
import {copyModel} from './copy_model';
import {lastDense} from './last_dense';

/**
 * Returns a trained model with its logits adjusted as by `adjustLogits`: −τ · log π_j is folded into the bias of the
 * last dense layer, which gets one if it has none. A softmax or sigmoid after the logits stays. The result is a new,
 * uncompiled LayersModel, which can be served without this package; the given model is not changed.
 *
 * @example
 * ```ts
 * const adjusted = withAdjustedLogits(model, freqInfo, {tau: 1});
 * const classes = tf.argMax(adjusted.predict(xs) as tf.Tensor, -1);
 * ```
 *
 * @param model A Sequential or functional single-output model that ends in a dense layer of C units, or in an
 *   activation after one.
 * @throws ValueError naming the layer if nothing can be folded, and for what `adjustLogits` rejects.
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
