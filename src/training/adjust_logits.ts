import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import type {FrequencyInfo} from '../frequency';
import {checkedFrequencyInfo, classCounts} from '../losses/base/class_counts';
import {logPriors} from '../losses/logit_adjusted_loss';

/** How strongly logits are adjusted. */
export interface AdjustLogitsOptions {
  /** τ ≥ 0: 0 changes nothing, 1 compensates fully for the classes' frequencies. Default: 1. */
  tau?: number;
}

/**
 * Computes τ · log π_j of each class, float64 `[C]`, from checked arguments.
 *
 * @throws ValueError for a number of classes other than `classes`, or fewer than two.
 */
export function adjustments(
  of: string,
  classes: number,
  freqInfo: FrequencyInfo,
  options: AdjustLogitsOptions,
): Float64Array {
  checkOptions(of, options, ['tau']);
  const tau = requireNumber('tau', options.tau ?? 1, 0);
  const counts = classCounts(checkedFrequencyInfo(freqInfo));
  if (counts.length < 2)
    reject('freqInfo', 'about at least two classes, whose logits are compared', counts.length);
  if (counts.length !== classes)
    reject('freqInfo', `about ${classes} classes, as many as logits`, counts.length);
  return logPriors(counts, tau);
}

/**
 * Adjusts logits after training for the classes' frequencies (Menon et al., ICLR 2021, arXiv 2007.07314, eq. 9): z_j −
 * τ · log π_j with π_j = N_j / Σ_k N_k. For models trained with plain softmax cross entropy; the prediction is the arg
 * max of the adjusted logits. A class without images is treated as having one.
 *
 * @example
 * ```ts
 * const adjusted = adjustLogits(tf.tensor2d([[1, 0.5]]), [0.75, 0.25]); // a head class that leads by little
 * console.log(tf.argMax(adjusted, -1).dataSync()); // → Int32Array(1) [ 1 ]
 * ```
 *
 * @param logits `[…, C]`.
 * @returns float32, of the same shape.
 * @throws ValueError unless freqInfo describes C ≥ 2 classes, and for τ out of range.
 */
export function adjustLogits(
  logits: Tensor,
  freqInfo: FrequencyInfo,
  options: AdjustLogitsOptions = {},
): Tensor {
  if (!(logits instanceof tfc.Tensor) || logits.rank < 1) reject('logits', 'a tensor [..., classes]', logits);
  const by = adjustments('adjustLogits', logits.shape[logits.rank - 1], freqInfo, options);
  return tfc.tidy(() => tfc.sub(tfc.cast(logits, 'float32'), tfc.tensor1d(Float32Array.from(by))));
}
