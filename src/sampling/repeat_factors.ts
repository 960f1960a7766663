import {reject} from '../core/errors';
import type {Random} from '../core/random';

/**
 * @throws ValueError unless the threshold is a frequency above 0.
 */
export function requireThreshold(threshold: unknown): number {
  if (typeof threshold === 'number' && threshold > 0 && threshold <= 1) return threshold;
  return reject('threshold', 'a frequency above 0 and up to 1', threshold);
}

/** r_j = max(1, √(t / f_j)), `[C]` (LVIS, arXiv 1908.03195, appendix B). Infinite if f_j = 0. */
export function repeatFactors(frequencies: Float64Array, threshold: number): Float64Array {
  return frequencies.map((f) => Math.max(1, Math.sqrt(threshold / f)));
}

/** r of an image: that of its rarest class, or 1 if it holds none. */
export function imageRepeatFactor(classes: ArrayLike<number>, factors: Float64Array): number {
  let factor = 1;
  for (let k = 0; k < classes.length; ++k) factor = Math.max(factor, factors[classes[k]]);
  return factor;
}

/** Rounds r down, or up with its fractional part as probability: r on average. */
export function roundStochastically(factor: number, random: Random): number {
  const whole = Math.floor(factor);
  return whole + (random.next() < factor - whole ? 1 : 0);
}
