import {reject, ValueError} from '../core/errors';
import {type FrequencyInfo, frequenciesOf, isCounted} from './frequencies_of';

/**
 * The share of the label mass in tail classes, TR(λ) = Σ_j T_λ(f_j) N_j / Σ_j N_j with T_λ(f) = 1 for f < λ (strictly)
 * and 0 otherwise: equation 8 of "Equalization Loss for Long-Tailed Object Recognition" (arXiv 2003.05176). Plain f_j
 * give the same ratio, as they are proportional to N_j.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [900, 80, 20], numImages: 1000});
 * console.log(tailRatio(counts, 0.05)); // → 0.02
 * console.log(tailRatio(counts, 0.02)); // → 0
 * ```
 *
 * @param lambda λ ≥ 0, a frequency: a share of images.
 * @returns TR in 0 … 1.
 * @throws ValueError for an invalid λ or freqInfo, and if no class has an image.
 */
export function tailRatio(freqInfo: FrequencyInfo, lambda: number): number {
  if (typeof lambda !== 'number' || !(lambda >= 0)) reject('lambda', 'a number ≥ 0', lambda);
  return shareBelow(lambda, frequenciesOf(freqInfo), massOf(freqInfo));
}

/**
 * Finds the λ with the largest tail ratio that does not exceed `target`: `tailRatio(freqInfo, λ) ≤ target`, and the
 * next more frequent class would exceed it. Classes of equal frequency are in the tail together.
 *
 * λ is midway between the most frequent tail class and the least frequent other one, so that no rounding, not even to
 * float32, moves a class across it. It is 0 for an empty tail, as for a target of 0, and 2 (above any frequency) if
 * every class is in the tail.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [900, 80, 20], numImages: 1000});
 * console.log(lambdaForTailRatio(counts, 0.03)); // → 0.05
 * ```
 *
 * @param target A tail ratio in 0 … 1, e.g. 0.03.
 * @throws ValueError for an invalid target or freqInfo, if no class has an image, and for a target above 0 that is too
 *   small for any class; the message lists the ratios that can be reached.
 */
export function lambdaForTailRatio(freqInfo: FrequencyInfo, target: number): number {
  if (typeof target !== 'number' || !(target >= 0 && target <= 1)) {
    reject('target', 'a tail ratio in 0 … 1', target);
  }
  const frequencies = frequenciesOf(freqInfo);
  const mass = massOf(freqInfo);
  const steps = Float64Array.from(new Set(frequencies)).sort();
  const threshold = (tailSteps: number) => steps[tailSteps] ?? Number.POSITIVE_INFINITY;

  // The share is monotone in the number of steps in the tail, even in floating point.
  let most = 0;
  let tooMany = steps.length + 1;
  while (tooMany - most > 1) {
    const middle = (most + tooMany) >> 1;
    if (shareBelow(threshold(middle), frequencies, mass) <= target) most = middle;
    else tooMany = middle;
  }
  if (most === 0 && target > 0) {
    const reachable = Array.from(steps.subarray(0, REACHABLE_SHOWN), (_, i) => {
      return `${shareBelow(threshold(i + 1), frequencies, mass)} → λ = ${shortLambdaAbove(steps, i + 1)}`;
    });
    const more = steps.length > REACHABLE_SHOWN ? ', …' : '';
    throw new ValueError(
      'Expected `target` to be a tail ratio that selects at least the least frequent class, or 0 for none. ' +
        `Reachable: ${reachable.join(', ')}${more}. Received: ${target}`,
    );
  }
  return lambdaAbove(steps, most);
}

const REACHABLE_SHOWN = 3;

/** A λ between the `tailSteps` lowest frequencies and the others. */
function lambdaAbove(steps: Float64Array, tailSteps: number): number {
  if (tailSteps === 0) return 0;
  if (tailSteps === steps.length) return 2;
  const [below, above] = [steps[tailSteps - 1], steps[tailSteps]];
  const middle = below + (above - below) / 2;
  return middle > below ? middle : above;
}

/** The same with as few digits as separate the classes alike. */
function shortLambdaAbove(steps: Float64Array, tailSteps: number): number {
  const lambda = lambdaAbove(steps, tailSteps);
  for (let digits = 2; digits <= 17; ++digits) {
    const short = Number(lambda.toPrecision(digits));
    if (short > steps[tailSteps - 1] && !(short > steps[tailSteps])) return short;
  }
  return lambda;
}

function massOf(freqInfo: FrequencyInfo): ArrayLike<number> {
  const counted = isCounted(freqInfo);
  return counted ? freqInfo.imageCounts : freqInfo;
}

function shareBelow(lambda: number, frequencies: Float64Array, mass: ArrayLike<number>): number {
  let tail = 0;
  let total = 0;
  for (let j = 0; j < mass.length; ++j) {
    if (frequencies[j] < lambda) tail += mass[j];
    total += mass[j];
  }
  if (total === 0) reject('freqInfo', 'of at least one class that occurs', mass);
  return tail / total;
}
