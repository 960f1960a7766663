import {reject, show, ValueError} from '../errors';

/**
 * How strongly a class of frequency f is kept from negative gradients, T(f) in 0 … 1:
 *
 * - `'step'`: 1 where f < λ (strict), else 0 (T_λ of the EQL paper, arXiv 2003.05176).
 * - exponential decay: (a·f + 1)^−n; the paper tries a = 400, n = 2.
 * - Gompertz decay: 1 − a·e^(−b·e^(−c·f)); the paper tries a = 1, b = 80, c = 3000.
 *
 * The two smooth forms do not use λ.
 */
export type Threshold =
  | 'step'
  | {kind: 'exponential'; a: number; n: number}
  | {kind: 'gompertz'; a: number; b: number; c: number};

const PARAMETERS: Record<string, readonly string[]> = {exponential: ['a', 'n'], gompertz: ['a', 'b', 'c']};

/**
 * A copy of `threshold` that cannot be written to.
 *
 * @throws ValueError unless it is one of the three forms with finite, non-negative parameters.
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
  const copy: Record<string, unknown> = {kind};
  for (const name of PARAMETERS[kind]) {
    const value = (threshold as unknown as Record<string, unknown>)[name];
    if (!(Number.isFinite(value) && (value as number) >= 0)) {
      reject(`threshold.${name}`, 'a finite number ≥ 0', value);
    }
    copy[name] = value;
  }
  // Gompertz with a > 1 would go below 0 for frequent classes, which turns negatives into rewards.
  if (threshold.kind === 'gompertz' && threshold.a > 1) {
    reject('threshold.a', 'at most 1, as T(f) must stay within 0 … 1', threshold.a);
  }
  return Object.freeze(copy) as Threshold;
}

/** T_λ(f_j) of each class. */
export function tailWeights(
  frequencies: Float64Array,
  lambda: number,
  threshold: Threshold = 'step',
): Float64Array {
  if (threshold === 'step') return frequencies.map((f) => (f < lambda ? 1 : 0));
  if (threshold.kind === 'exponential') return frequencies.map((f) => (threshold.a * f + 1) ** -threshold.n);
  const {a, b, c} = threshold;
  return frequencies.map((f) => 1 - a * Math.exp(-b * Math.exp(-c * f)));
}
