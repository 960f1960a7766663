import {checkOptions} from '../../core/check_options';
import {reject, show, ValueError} from '../../core/errors';
import {frequencyArray} from '../../frequency/frequencies_of';

/**
 * How strongly a class of frequency f is protected from negative gradients, T(f) in 0 … 1, in place of T_λ in eqs. 7
 * and 11 of the EQL paper (arXiv 2003.05176):
 *
 * - `'step'`: 1 if f < λ (strictly), else 0. The paper's T_λ.
 * - exponential decay: 1 − (a·f)^n, as in section 4.4, and 0 from f = 1/a on, where it would turn negatives into
 *   rewards; a = 400, n = 2 is the best there.
 * - Gompertz decay: 1 − a·e^(−b·e^(−c·f)), as in section 4.4; a = 1, b = 80, c = 3000 is the best there.
 *
 * The two smooth forms do not use λ.
 *
 * @example
 * ```ts
 * const gompertz: Threshold = {kind: 'gompertz', a: 1, b: 80, c: 3000};
 * const loss = new EqualizationLoss({freqInfo, threshold: gompertz}); // no lambda
 * ```
 */
export type Threshold =
  | 'step'
  | {
      /** T(f) = max(0, 1 − (a·f)^n). */
      kind: 'exponential';
      /** Per unit of frequency. Finite, ≥ 0. */
      a: number;
      /** Finite, ≥ 0. */
      n: number;
    }
  | {
      /** T(f) = 1 − a·e^(−b·e^(−c·f)). */
      kind: 'gompertz';
      /** In 0 … 1. */
      a: number;
      /** Finite, ≥ 0. */
      b: number;
      /** Per unit of frequency. Finite, ≥ 0. */
      c: number;
    };

const PARAMETERS: Record<string, readonly string[]> = {exponential: ['a', 'n'], gompertz: ['a', 'b', 'c']};

/**
 * Returns a frozen copy of `threshold`.
 *
 * @throws ValueError unless it is one of the three forms with finite, non-negative parameters and no others.
 */
export function checkedThreshold(threshold: Threshold): Threshold {
  if (threshold === 'step') return threshold;
  const kind = (threshold as {kind?: unknown} | null)?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(PARAMETERS, kind)) {
    const given = typeof threshold === 'object' ? JSON.stringify(threshold) : show(threshold);
    throw new ValueError(
      "Expected `threshold` to be 'step', {kind: 'exponential', a, n} or {kind: 'gompertz', a, b, c}. " +
        `Received: ${given}`,
    );
  }
  checkOptions(`the ${kind} threshold`, threshold, ['kind', ...PARAMETERS[kind]]);
  const copy: Record<string, unknown> = {kind};
  for (const name of PARAMETERS[kind]) {
    const value = Reflect.get(threshold, name) as unknown;
    if (!(Number.isFinite(value) && (value as number) >= 0)) {
      reject(`threshold.${name}`, 'a finite number ≥ 0', value);
    }
    copy[name] = value;
  }
  // Gompertz with a > 1 would go below 0 for frequent classes, turning negatives into rewards.
  if (threshold.kind === 'gompertz' && threshold.a > 1) {
    reject('threshold.a', 'at most 1, as T(f) must stay within 0 … 1', threshold.a);
  }
  return Object.freeze(copy) as Threshold;
}

/**
 * T_λ(f_j) of each class.
 *
 * @example
 * ```ts
 * const f = Float64Array.of(1e-4, 1e-3, 1e-2);
 * console.log(tailWeights(f, 1e-3)); // → Float64Array(3) [ 1, 0, 0 ]
 *
 * const smooth = tailWeights(f, 0, {kind: 'gompertz', a: 1, b: 80, c: 3000});
 * console.log(Array.from(smooth, (t) => t.toFixed(3))); // → [ '1.000', '0.981', '0.000' ]
 * ```
 *
 * @param frequencies f_j in 0 … 1, `[numClasses]`.
 * @param lambda λ ≥ 0, finite; the smooth thresholds do not use it.
 * @param threshold Default: `'step'`.
 * @returns Float64 `[numClasses]`, in 0 … 1.
 * @throws ValueError for frequencies outside of 0 … 1, a λ that is negative or not finite, and an invalid threshold.
 */
export function tailWeights(
  frequencies: Float64Array,
  lambda: number,
  threshold: Threshold = 'step',
): Float64Array {
  if (!Array.isArray(frequencies) && !ArrayBuffer.isView(frequencies)) {
    reject('frequencies', 'an array of f_j in 0 … 1', frequencies);
  }
  if (!(Number.isFinite(lambda) && lambda >= 0)) reject('lambda', 'a finite number ≥ 0', lambda);
  return weightsOf(frequencyArray('frequencies', frequencies), lambda, checkedThreshold(threshold));
}

/** `tailWeights` for arguments that were already checked. */
export function weightsOf(frequencies: Float64Array, lambda: number, threshold: Threshold): Float64Array {
  if (threshold === 'step') return frequencies.map((f) => (f < lambda ? 1 : 0));
  if (threshold.kind === 'exponential') {
    return frequencies.map((f) => Math.max(0, 1 - (threshold.a * f) ** threshold.n));
  }
  const {a, b, c} = threshold;
  return frequencies.map((f) => 1 - a * Math.exp(-b * Math.exp(-c * f)));
}
