// Loads and stores four float32 values at a time. A row's last vector may be partial: memory outside the row is never
// touched, as it holds other tensors.

/** Loads `count` of 1 … 4 float32 values; missing ones are 0. */
// @ts-ignore: decorator
@inline
export function load4(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at);
  if (count == 1) return v128.load32_zero(at);
  const two = v128.load64_zero(at);
  return count == 2 ? two : v128.load_lane<f32>(at + 8, two, 2);
}

// @ts-ignore: decorator
@inline
export function store4(at: usize, values: v128, count: i32): void {
  if (count >= 4) {
    v128.store(at, values);
  } else if (count == 1) {
    v128.store_lane<f32>(at, values, 0);
  } else {
    v128.store_lane<f64>(at, values, 0);
    if (count == 3) v128.store_lane<f32>(at + 8, values, 2);
  }
}

/** The two upper float32 lanes in float64; `f64x2.promote_low_f32x4` takes the lower ones. */
// @ts-ignore: decorator
@inline
export function promoteHigh(values: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(values, values, 2, 3, 2, 3));
}

/** Two pairs of float64 as four float32. */
// @ts-ignore: decorator
@inline
export function demote4(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/**
 * Bytes of the vectors that are added up in float32 before their sum goes to float64, which is most of such a loop's
 * work. A lane of it sums eight numbers.
 */
export const SUMMED_AT_ONCE: usize = 128;

/** Adds four float32 values to two sums in float64. */
// @ts-ignore: decorator
@inline
export function addUp(sums: v128, values: v128): v128 {
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(values), promoteHigh(values)));
}

/** The sum of both lanes. */
// @ts-ignore: decorator
@inline
export function sumOf(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
