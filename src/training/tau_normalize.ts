import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {requireNumber} from '../core/require_number';
import {copyModel} from './copy_model';
import {lastDense} from './last_dense';

/** How strongly weights are normalized. */
export interface TauNormalizeOptions {
  /** τ ≥ 0: 0 changes nothing, 1 scales the weights of all classes to length 1. Default: 1. */
  tau?: number;
}

/**
 * Returns a trained model with its last weights τ-normalized (Kang et al., ICLR 2020, arXiv 1910.09217, eq. 5): w̃_j =
 * w_j / ‖w_j‖^τ, as the weights of head classes tend to be longer. The bias, which the paper does without, stays, and
 * so does a class whose weights are all 0. The result is a new, uncompiled LayersModel, which can be served without
 * this package. Choose τ on validation data; the paper's values lie in 0.5 … 1.
 *
 * @example
 * ```ts
 * const normalized = tauNormalize(model, {tau: 0.7});
 * const classes = tf.argMax(normalized.predict(xs) as tf.Tensor, -1);
 * ```
 *
 * @param model A Sequential or functional single-output model that ends in a dense layer of C units, or in an
 *   activation after one.
 * @throws ValueError naming the layer if there are no such weights, and for τ out of range.
 */
export function tauNormalize(model: LayersModel, options: TauNormalizeOptions = {}): LayersModel {
  checkOptions('tauNormalize', options, ['tau']);
  const tau = requireNumber('tau', options.tau ?? 1, 0);
  const {layer} = lastDense(model);
  return copyModel(model, layer, {}, ([kernel, ...bias]: Tensor[]) => [normalized(kernel, tau), ...bias]);
}

/** Divides each column of `[features, C]` by the power τ of its length, in float64. */
function normalized(kernel: Tensor, tau: number): Tensor {
  const [features, classes] = kernel.shape;
  const values = kernel.dataSync<'float32'>();
  const squares = new Float64Array(classes);
  for (let i = 0; i < values.length; ++i) squares[i % classes] += values[i] ** 2;
  const factors = squares.map((square) => (square === 0 ? 1 : square ** (-tau / 2)));
  const scaled = values.map((value, i) => value * factors[i % classes]);
  return tfc.tensor2d(scaled, [features, classes]);
}
