import type {Suppression} from '../suppression';

/** What is left of the negatives of each class, k_j = 1 − β · T_λ(f_j), in the form that the module reads. */
export interface Kept {
  /** k_j in float64 if `soft`; else, all of them being 0 or 1, the largest logit that counts, in whole vectors of four. */
  values: Float64Array | Float32Array;
  soft: boolean;
}

/** CAP of assembly/suppression.ts. */
const CAP = 88.5;

// A loss passes the same T_λ(f) for as long as its frequencies stay the same.
const known = new WeakMap<Float64Array, Kept & {beta: number}>();

/** k_j of each class; where β is drawn, of β = 1. */
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
