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
 * @param weighted Whether tfjs multiplies them by one weight per sample.
 * @returns `[batch]`, or a scalar where the loss has no value per sample.
 * @throws ValueError where there are weights, and no value per sample that they could weigh.
 */
export function perSampleLosses(
  fn: LossOrMetricFn,
  values: Tensor,
  yPred: Tensor,
  weighted: boolean,
): Tensor {
  const hasSamples = values.rank > 0 && values.shape[0] === yPred.shape[0];
  if (weighted && !hasSamples && (values.rank > 0 || fn instanceof Loss)) {
    reject('loss', `a function of one value per sample, [${yPred.shape[0]}], to go with classWeight`, values);
  }
  if (!hasSamples) return values.rank === 0 ? values : tfc.mean(values);
  return values.rank === 1 ? values : perSample(tfc.reshape(values, [-1]), [...values.shape, 1]);
}
