import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {perSample} from '../losses/base/per_sample';
import type {LossOrMetricFn} from './model_internals';

/**
 * Losses of one output as tfjs may add them to those of another, or weigh them: `[batch]`, the mean over further
 * dimensions. tfjs would broadcast `[batch]` against `[batch, boxes]`, which is wrong even where it works.
 *
 * @param weighted Whether they are multiplied by one weight per sample.
 * @param by What weighs them. TensorFlow.js lets `classWeight` weigh the scalar of a plain function.
 * @returns `[batch]`, or a scalar where the loss has no value per sample.
 * @throws ValueError where there are weights, and no value per sample that they could weigh.
 */
export function perSampleLosses(
  fn: LossOrMetricFn,
  values: Tensor,
  yPred: Tensor,
  weighted: boolean,
  by: 'classWeight' | 'sampleWeight' = 'classWeight',
): Tensor {
  const hasSamples = values.rank > 0 && values.shape[0] === yPred.shape[0];
  const mayBeScalar = by === 'classWeight' && !(fn instanceof Loss);
  if (weighted && !hasSamples && !(values.rank === 0 && mayBeScalar)) {
    reject('loss', `a function of one value per sample, [${yPred.shape[0]}], to go with ${by}`, values);
  }
  if (!hasSamples) return values.rank === 0 ? values : tfc.mean(values);
  return values.rank === 1 ? values : perSample(tfc.reshape(values, [-1]), [...values.shape, 1]);
}
