// Exponentials and logarithms without tables: the module may have no static data, as its memory belongs to the backend.

const LOG2E: f64 = 1.4426950408889634;
// log 2 in two parts; k times the first is exact for the exponents k of either format.
const LN2_HIGH_32: f32 = 0.693359375;
const LN2_LOW_32: f32 = -2.12194440e-4;
const LN2_HIGH_64: f64 = 0.6931471803691238;
const LN2_LOW_64: f64 = 1.9082149292705877e-10;
export const LN2: f64 = 0.6931471805599453;
// Adding it to a small float rounds that to an integer, held in the lowest bits.
const ROUNDING_32: f32 = 12582912;
const ROUNDING_64: f64 = 6755399441055744;
/** Here k is −127, and eˣ becomes 0. */
export const LOWEST_32: f32 = -88;
/** Beyond it, e⁻ᵃ is below the smallest normal number. */
const LARGEST_64: f64 = 708;

// @ts-ignore: decorator
@inline
function horner64(x: v128, sum: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(coefficient));
}

// Parts of eˣ = 2ᵏ · (1 + t) for x from LOWEST_32 to 89. This one is k + 127, rounded to an integer in the lowest bits.
// @ts-ignore: decorator
@inline
export function exponent32(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, f32x4.splat(<f32>LOG2E)), f32x4.splat(ROUNDING_32 + 127));
}

// r = x − k log 2, |r| ≤ log 2 / 2.
// @ts-ignore: decorator
@inline
export function remainder32(x: v128, exponent: v128): v128 {
  const k = f32x4.sub(exponent, f32x4.splat(ROUNDING_32 + 127));
  const high = f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH_32)));
  return f32x4.sub(high, f32x4.mul(k, f32x4.splat(LN2_LOW_32)));
}

// t = eʳ − 1, by a minimax polynomial (3e-9).
// @ts-ignore: decorator
@inline
export function expFraction32(r: v128): v128 {
  const square = f32x4.mul(r, r);
  const upper = f32x4.add(
    f32x4.splat(0.041668400168418884),
    f32x4.mul(r, f32x4.splat(0.008368851616978645)),
  );
  const lower = f32x4.add(f32x4.splat(0.5), f32x4.mul(r, f32x4.splat(0.1666651964187622)));
  const top = f32x4.mul(square, f32x4.splat(0.0013814320554956794));
  const q = f32x4.add(lower, f32x4.mul(square, f32x4.add(upper, top)));
  return f32x4.add(r, f32x4.mul(square, q));
}

// 2ᵏ, with 0 for k = −127.
// @ts-ignore: decorator
@inline
export function powerOfTwo32(exponent: v128): v128 {
  return i32x4.shl(exponent, 23);
}

/** e⁻ᵃ for a ≥ 0 in float64, to 1e-15; 0 if below the normal numbers. */
export function expNegative64(a: v128): v128 {
  const bounded = f64x2.pmin(a, f64x2.splat(LARGEST_64));
  const shifted = f64x2.sub(
    f64x2.splat(ROUNDING_64 + 1023),
    f64x2.mul(bounded, f64x2.splat(LOG2E)),
  );
  const k = f64x2.sub(shifted, f64x2.splat(ROUNDING_64 + 1023));
  const high = f64x2.add(bounded, f64x2.mul(k, f64x2.splat(LN2_HIGH_64)));
  const r = f64x2.neg(f64x2.add(high, f64x2.mul(k, f64x2.splat(LN2_LOW_64))));
  let q = f64x2.splat(2.7469831976071614e-07);
  q = horner64(r, q, 2.763549550908402e-06);
  q = horner64(r, q, 2.4801956379008365e-05);
  q = horner64(r, q, 0.0001984118407716109);
  q = horner64(r, q, 0.0013888888487109665);
  q = horner64(r, q, 0.008333333371695287);
  q = horner64(r, q, 0.04166666666826643);
  q = horner64(r, q, 0.16666666666609792);
  q = horner64(r, q, 0.5);
  const t = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), q));
  const power = v128.andnot(i64x2.shl(shifted, 52), f64x2.gt(a, f64x2.splat(LARGEST_64)));
  return f64x2.mul(f64x2.add(t, f64x2.splat(1)), power);
}

// log((1 + s) / (1 − s)) = 2 artanh s = 2s · (1 + s² · g(s²)) for s in 0 … 1/3, to 2e-15 relative.
// @ts-ignore: decorator
@inline
function twiceArtanh64(s: v128): v128 {
  const u = f64x2.mul(s, s);
  let g = f64x2.splat(0.09360451452537705);
  g = horner64(u, g, 0.05881608143761968);
  g = horner64(u, g, 0.07783499661383579);
  g = horner64(u, g, 0.09084868036374823);
  g = horner64(u, g, 0.11111342393556203);
  g = horner64(u, g, 0.14285709409292138);
  g = horner64(u, g, 0.20000000049589106);
  g = horner64(u, g, 0.3333333333316134);
  return f64x2.mul(f64x2.add(s, s), f64x2.add(f64x2.mul(u, g), f64x2.splat(1)));
}

/** log(1 + e) for e in 0 … 1. */
// @ts-ignore: decorator
@inline
export function log1p64(e: v128): v128 {
  return twiceArtanh64(f64x2.div(e, f64x2.add(e, f64x2.splat(2))));
}

/** log x for normal x > 0; near 1, to the digits that x = 1 + δ holds of δ. */
export function logOf(x: f64): f64 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<u64>(x);
  const exponent = <f64>(<i64>(bits >> 52) - 1023);
  const m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  return exponent * LN2 + f64x2.extract_lane(twiceArtanh64(f64x2.splat((m - 1) / (m + 1))), 0);
}

/** log(1 + x) for x ≥ 0. */
export function log1pOf(x: f64): f64 {
  return x <= 1 ? f64x2.extract_lane(log1p64(f64x2.splat(x)), 0) : logOf(1 + x);
}
