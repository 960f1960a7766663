import {bytesOf, exponentials, fetch, placeOf, POWERS} from './blocks';
import {classes, kept, scratch} from './call';
import {addUp, load4, SUMMED_AT_ONCE, sumOf} from './elements';
import {expFraction32, expNegative64, powerOfTwo32} from './math';
import {columnBytes, from, take} from './table';

/** The largest logit allowed: up to here, multiples of log 2 keep their digits. */
export const HIGHEST: f32 = 8000;
const LOG2E: f32 = 1.4426950408889634;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
const ROUNDING: f32 = 12582912;
// The upper half of a float's digits: products of two such are exact.
const UPPER: i32 = 0xfffff000;

/** The largest s_j z_j of a row; NaN is ignored. */
export function largestOf(z: usize, scales: usize): f32 {
  return scales ? largest<f32>(z, scales) : largest<i32>(z, 0);
}

// `Scaled` is f32 with scales, i32 without.
function largest<Scaled>(z: usize, scales: usize): f32 {
  let most = f32x4.splat(-Infinity);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    let at: usize = 0;
    do {
      let x = v128.load(from + at);
      if (isFloat<Scaled>()) x = f32x4.mul(x, v128.load(scales + (<usize>j << 2) + at));
      most = f32x4.pmax(most, x);
      at += 16;
    } while (at < end);
  }
  const two = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 2, 3));
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
}

/** The multiple of log 2 nearest to x. */
export function halvings(x: f32): f32 {
  return nearest<f32>(x * LOG2E);
}

/** eˣ in float64. */
export function exp64(x: f64): f64 {
  const e = f64x2.extract_lane(expNegative64(f64x2.splat(abs(x))), 0);
  return x < 0 ? e : 1 / e;
}

/**
 * Computes w_j · e^{s_j z_j} · 2⁻ᵐ of each class, into `out` unless it is 0.
 *
 * @param scales Columns of s_j: itself, its upper digits, and the remainder. 0 if all are 1.
 * @param weights 0 if all are 1.
 * @returns Their sum in float64.
 */
export function terms(z: usize, out: usize, scales: usize, weights: usize, m: f32): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    const at = <usize>j << 2;
    if (scales) reduce<f32>(from, end, scales + at, m);
    else reduce<i32>(from, end, 0, m);
    const to = placeOf(out, j, count);
    sums = weights ? collect<f32>(to, end, weights + at, sums) : collect<i32>(to, end, 0, sums);
    fetch(out, j, count);
  }
  return sumOf(sums);
}

// 2⁻ᵐ eˣ = 2ᵏ⁻ᵐ · eʳ: writes r and 2ᵏ⁻ᵐ.
function reduce<Scaled>(z: usize, end: usize, scales: usize, m: f32): void {
  const to = scratch;
  const upper = scales + columnBytes();
  const lower = upper + columnBytes();
  const bias = f32x4.splat(ROUNDING + 127 - m);
  const lowest = f32x4.splat(m - 127);
  let at: usize = 0;
  do {
    const x = v128.load(z + at);
    const scale = isFloat<Scaled>() ? v128.load(scales + at) : x;
    const whole = isFloat<Scaled>() ? f32x4.mul(x, scale) : x;
    const exponent = f32x4.add(f32x4.pmax(f32x4.mul(whole, f32x4.splat(LOG2E)), lowest), bias);
    const k = f32x4.sub(exponent, bias);
    const high = f32x4.mul(k, f32x4.splat(LN2_HIGH));
    let r: v128;
    if (isFloat<Scaled>()) {
      const digits = v128.and(x, i32x4.splat(UPPER));
      const rest = f32x4.mul(f32x4.sub(x, digits), scale);
      r = f32x4.sub(f32x4.mul(digits, v128.load(upper + at)), high);
      r = f32x4.add(r, f32x4.add(rest, f32x4.mul(digits, v128.load(lower + at))));
    } else {
      r = f32x4.sub(x, high);
    }
    r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(LN2_LOW)));
    // Keep r finite where x is below all that count.
    v128.store(to + at, f32x4.pmax(r, f32x4.splat(-1)));
    v128.store(to + at, powerOfTwo32(exponent), POWERS);
    at += 16;
  } while (at < end);
}

// Computes eˣ as well: a loop of its own for it takes a twentieth more of a loss's time.
function collect<Weighted>(out: usize, end: usize, weights: usize, sums: v128): v128 {
  const parts = scratch;
  let at: usize = 0;
  do {
    const stop = min(at + SUMMED_AT_ONCE, end);
    let some = f32x4.splat(0);
    do {
      const power = v128.load(parts + at, POWERS);
      let e = f32x4.add(power, f32x4.mul(expFraction32(v128.load(parts + at)), power));
      if (isFloat<Weighted>()) e = f32x4.mul(e, v128.load(weights + at));
      some = f32x4.add(some, e);
      if (out) v128.store(out + at, e);
      at += 16;
    } while (at < stop);
    sums = addUp(sums, some);
  } while (at < end);
  return sums;
}

/**
 * Computes w_j · e^{z_j} of the classes that count, into `out` unless it is 0, for logits too small to need 2⁻ᵐ. Reads the row
 * once less than `terms`.
 *
 * @param weights 0 if all are 1.
 * @param first The place of the row's first class among the draws.
 * @returns Their sum in float64, or one that `areInRange` rejects.
 */
export function plainTerms(z: usize, out: usize, weights: usize, first: u32): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = exponentials(z, kept, j, first);
    const end = bytesOf(count);
    const to = placeOf(out, j, count);
    sums = weights ? add<f32>(to, end, weights + (<usize>j << 2), sums) : add<i32>(to, end, 0, sums);
    fetch(out, j, count);
  }
  return sumOf(sums);
}

// `Weighted` is f32 with weights, i32 without.
function add<Weighted>(out: usize, end: usize, weights: usize, sums: v128): v128 {
  const parts = scratch;
  // The rounding error of each term.
  let rest = f32x4.splat(0);
  let at: usize = 0;
  do {
    const stop = min(at + SUMMED_AT_ONCE, end);
    let some = f32x4.splat(0);
    do {
      const part = v128.load(parts + at);
      const power = v128.load(parts + at, POWERS);
      let e = f32x4.add(power, part);
      if (isFloat<Weighted>()) e = f32x4.mul(e, v128.load(weights + at));
      else rest = f32x4.add(rest, f32x4.add(f32x4.sub(power, e), part));
      some = f32x4.add(some, e);
      if (out) v128.store(out + at, e);
      at += 16;
    } while (at < stop);
    sums = addUp(sums, some);
  } while (at < end);
  if (isFloat<Weighted>()) return sums;
  return addUp(sums, rest);
}

/** Σ_j z_j of a row, in float64. */
export function sumOfRow(z: usize): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0; j < classes; j += 4) {
    const x = load4(z + (<usize>j << 2), classes - j);
    sums = addUp(sums, x);
  }
  return sumOf(sums);
}

// Above FEWEST the others keep their digits; up to LARGEST the total divides in float32.
const FEWEST: f64 = 1e-24;
const LARGEST: f64 = 8e37;

// Terms below e⁻⁸⁷, which are lost and have weights up to 1, are negligible next to others above e⁻⁵⁵ and a total above
// e⁻²⁰.
const LEAST: f64 = 2e-9;

/** Whether the `plainTerms` of a row have all their digits. */
export function areInRange(others: f64, own: f64, scale: f32): bool {
  return own + others > LEAST && isPrecise(others, own, scale);
}

/** Whether the terms of a row, its own class's and the sum of the others, have the digits for its loss and gradient. */
export function isPrecise(others: f64, own: f64, scale: f32): bool {
  return others > FEWEST && own + others < LARGEST * <f64>scale;
}
