import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {perSample} from '../losses/base/per_sample';
import type {LossOrMetricFn} from './model_internals';

/**
 * Brings the losses of one output into the form in which tfjs can add or weight them: `[batch]`, the mean over further
 * dimensions. tfjs would broadcast `[batch]` against `[batch, boxes]`, which is wrong even if it works.
 *
 * @param weighted Whether they are multiplied by one weight per sample.
 * @param by The argument that weights them. TensorFlow.js lets `classWeight` weight a plain function's scalar.
 * @returns `[batch]`, or a scalar if the loss has no value per sample.
 * @throws ValueError if there are weights, but no value per sample.
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
