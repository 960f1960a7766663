import type {Suppression} from '../suppression';

/** The share of each class's negatives that is kept, k_j = 1 − β · T_λ(f_j), in the form that the module reads. */
export interface Kept {
  /**
   * `soft`: k_j as float64. Otherwise each class's logit cap: 88.5 if it counts, −∞ if not, padded to a multiple of
   * four.
   */
  values: Float64Array | Float32Array;
  soft: boolean;
}

/** CAP of assembly/suppression.ts. */
const CAP = 88.5;

// A loss passes the same T_λ(f) as long as its frequencies stay the same.
const known = new WeakMap<Float64Array, Kept & {beta: number}>();

/** k_j of each class; if β is drawn, for β = 1. */
export function keptOf({tail, beta}: Suppression): Kept {
  const b = typeof beta === 'number' ? beta : 1;
  let kept = known.get(tail);
  if (kept == null || kept.beta !== b) {
    const soft = (b !== 0 && b !== 1) || tail.some((t) => t !== 0 && t !== 1);
    const values = soft ? tail.map((t) => 1 - b * t) : caps(tail, b);
    kept = {values, soft, beta: b};
    known.set(tail, kept);
  }
  return kept;
}

function caps(tail: Float64Array, beta: number): Float32Array {
  const values = new Float32Array(4 * Math.ceil(tail.length / 4)).fill(Number.NEGATIVE_INFINITY);
  for (let j = 0; j < tail.length; ++j) if (beta * tail[j] === 0) values[j] = CAP;
  return values;
}
