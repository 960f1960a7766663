import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {type FrequencyInfo, frequenciesOf} from '../frequency';
import {checkedFrequencyInfo, classCounts} from '../losses/base/class_counts';
import {impliedActivation} from '../losses/implied_activation';
import {logPriors} from '../losses/logit_adjusted_loss';
import {lastDense} from './last_dense';

/** How a bias represents a prior. */
export interface SetPriorBiasOptions {
  /**
   * `'sigmoid'`: σ(b_j) = f_j; `'softmax'`: softmax(b)_j = N_j / Σ_k N_k. Default: the activation after the model's
   * logits or, without one, that implied by the loss the model is compiled with; otherwise softmax, or sigmoid for one
   * logit.
   */
  activation?: 'softmax' | 'sigmoid';
}

/**
 * Returns a bias initializer by which a model of sigmoids starts out giving every class the probability π: b = log(π /
 * (1 − π)), so that the many negatives do not swamp the first steps (Lin et al., ICCV 2017, arXiv 1708.02002, section
 * 4.1, which uses 0.01). It is a `tf.initializers.constant`: saved models load without this package.
 *
 * @example
 * ```ts
 * const logits = tf.layers.dense({units: 100, biasInitializer: priorBias(0.01)});
 * ```
 *
 * @param prior π, between 0 and 1 (exclusive). For a prior per class, see {@link setPriorBias}.
 * @throws ValueError for π out of range.
 */
export function priorBias(prior: number): ReturnType<typeof tfl.initializers.constant> {
  if (!(typeof prior === 'number' && prior > 0 && prior < 1))
    reject('prior', 'a number above 0 and below 1', prior);
  return tfl.initializers.constant({value: logit(prior)});
}

/**
 * Sets the bias of a model's last dense layer so that, when the rest of the logit is 0, the model predicts how often
 * each class occurs. A class without images is treated as having one (given only frequencies: as being as frequent as
 * the least frequent class with images); for a class in all images, σ(b_j) is one image short of 1.
 *
 * @example
 * ```ts
 * setPriorBias(model, freqInfo, {activation: 'sigmoid'}); // σ(bias) = freqInfo.frequencies
 * ```
 *
 * @param model A single-output model that ends in a dense layer of C units with a bias, or in an activation after one.
 * @throws ValueError if there is no such bias, for another number of classes, and for unknown options.
 */
export function setPriorBias(
  model: LayersModel,
  freqInfo: FrequencyInfo,
  options: SetPriorBiasOptions = {},
): void {
  checkOptions('setPriorBias', options, ['activation']);
  const {layer, units, activation: following} = lastDense(model);
  const counts = classCounts(checkedFrequencyInfo(freqInfo));
  if (counts.length !== units) reject('freqInfo', `about ${units} classes, as many as logits`, counts.length);
  const {activation = defaultActivation(model, following, units)} = options;
  if (activation !== 'softmax' && activation !== 'sigmoid')
    reject('activation', "'softmax' or 'sigmoid'", activation);
  if (activation === 'softmax' && units === 1)
    reject('activation', "'sigmoid' for a single logit", activation);
  const weights = layer.getWeights();
  if (weights.length < 2) reject('model', `one whose layer '${layer.name}' has a bias`, model);
  const bias = activation === 'softmax' ? logPriors(counts) : sigmoidBias(freqInfo, counts);
  tfc.tidy(() => layer.setWeights([weights[0], tfc.tensor1d(Float32Array.from(bias))]));
}

function defaultActivation(model: LayersModel, following: string, units: number): 'softmax' | 'sigmoid' {
  if (following !== 'linear') return following as 'softmax' | 'sigmoid';
  return impliedActivation(model.loss) ?? (units === 1 ? 'sigmoid' : 'softmax');
}

/** log(f_j / (1 − f_j)). @param counts N_j, or f_j if only frequencies are known; above 0. */
function sigmoidBias(freqInfo: FrequencyInfo, counts: Float64Array): Float64Array {
  const images = (freqInfo as {numImages?: number}).numImages;
  const frequencies = counts.map((count) => count / (images ?? 1));
  // Half of what the least frequent class has, where images were not counted.
  const margin =
    images === undefined ? Math.min(...frequenciesOf(freqInfo).filter((f) => f > 0)) : 1 / images;
  return frequencies.map((f) => logit(Math.min(f, Math.max(1 - margin, 0.5))));
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}
