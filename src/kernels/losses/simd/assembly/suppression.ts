import {draws, key0, key1, soft, threshold} from './call';
import {load4} from './elements';

/** A logit above all whose exponential float32 can hold: where x is capped to it, 2ᵏ becomes ∞. */
export const CAP: f32 = 88.5;

// The finalizer "lowbias32": every bit of x flips every bit of the result with a chance near one half.
// @ts-ignore: decorator
@inline
function mix4(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** All ones where β of the elements `first` … `first` + 3 is drawn as 1, as in `isDrawn` of ../../draws.ts. */
// @ts-ignore: decorator
@inline
export function drawn4(first: u32): v128 {
  const at = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(first));
  const bits = mix4(i32x4.add(mix4(v128.xor(at, i32x4.splat(key0))), i32x4.splat(key1)));
  return i32x4.lt_u(bits, i32x4.splat(threshold));
}

/**
 * The share of up to two classes' negatives that a foreground row keeps, in float64: k_j = 1 − β · T_λ(f_j).
 *
 * @param first The place in the batch of the row's first element.
 */
// @ts-ignore: decorator
@inline
export function kept2(at: usize, column: i32, count: i32, first: u32): v128 {
  const one = f64x2.splat(1);
  let k: v128;
  if (soft) {
    const from = at + (<usize>column << 3);
    k = count == 1 ? v128.load64_zero(from) : v128.load(from);
  } else {
    const caps = load4(at + (<usize>column << 2), min(count, 2));
    k = f64x2.promote_low_f32x4(v128.and(f32x4.gt(caps, f32x4.splat(0)), f32x4.splat(1)));
  }
  if (!draws) return k;
  const spared = drawn4(first + column);
  return v128.bitselect(k, one, v128.shuffle<i32>(spared, spared, 0, 0, 1, 1));
}
