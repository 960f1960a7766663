import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {perEffectiveNumber} from './effective_number';
import {type FrequencyInfo, frequenciesOf, isCounted} from './frequencies_of';

/** How classes are weighted. */
export interface ClassWeightsOptions {
  /**
   * `'inverse'` (default): Σ_k N_k / (C · N_j), scikit-learn's "balanced". `'inverseSqrt'`: ∝ N_j^(−½).
   * `'effectiveNumber'`: ∝ (1 − β) / (1 − β^{N_j}) (arXiv 1901.05555), which needs image counts.
   */
  scheme?: 'inverse' | 'inverseSqrt' | 'effectiveNumber';
  /** β in 0 … 1 of `'effectiveNumber'`. Default: 0.9999. */
  beta?: number;
}

/**
 * Computes class weights in the form of `fit({classWeight})`, which multiplies the losses of each class's samples.
 * `'inverse'` is scaled so that the images weigh 1 on average, the other two so that the classes do. A class without
 * images is omitted, and does not count.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [30, 10], numImages: 40});
 * console.log(classWeights(counts)); // → { '0': 0.6666666666666666, '1': 2 }
 * ```
 *
 * @returns `{[class]: weight}`.
 * @throws ValueError if no class has images, for unknown schemes, and for `'effectiveNumber'` with plain frequencies.
 */
export function classWeights(
  freqInfo: FrequencyInfo,
  options: ClassWeightsOptions = {},
): {[classIndex: number]: number} {
  checkOptions('classWeights', options, ['scheme', 'beta']);
  const {scheme = 'inverse', beta = 0.9999} = options;
  if (!(typeof beta === 'number' && beta >= 0 && beta <= 1)) reject('beta', 'a number in 0 … 1', beta);
  const counted = isCounted(freqInfo);
  const counts = Array.from(counted ? freqInfo.imageCounts : frequenciesOf(freqInfo));
  const present = counts.flatMap((count, j) => (count > 0 ? [[j, count]] : []));
  if (present.length === 0) reject('freqInfo', 'of classes with images', freqInfo);
  const schemes = {
    inverse: (count: number) => 1 / count,
    inverseSqrt: (count: number) => 1 / Math.sqrt(count),
    effectiveNumber: (count: number) => perEffectiveNumber(count, beta),
  };
  if (!Object.hasOwn(schemes, scheme)) {
    reject('scheme', "'inverse', 'inverseSqrt' or 'effectiveNumber'", scheme);
  }
  const weightOf = schemes[scheme];
  if (scheme === 'effectiveNumber' && !counted) {
    reject('freqInfo', 'a ClassFrequency or a ClassFrequencyCounter, which know image counts', freqInfo);
  }
  const total = present.reduce((sum, [, count]) => sum + count, 0);
  const sum = present.reduce((sum, [, count]) => sum + weightOf(count), 0);
  const factor = scheme === 'inverse' ? total / present.length : present.length / sum;
  return Object.fromEntries(present.map(([j, count]) => [j, weightOf(count) * factor]));
}
