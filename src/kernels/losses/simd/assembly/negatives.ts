import {bytesOf, fetch, placeOf, POWERS} from './blocks';
import {classes, scale, scratch} from './call';
import {demote4, promoteHigh, sumOf} from './elements';
import {expFraction32, exponent32, LOWEST_32, powerOfTwo32, remainder32} from './math';
import {exp4, log1p4, log4, logOfComplement4} from './powers';
import {FOURTH, from, take, THIRD} from './table';

/** Beyond it, a logit counts as infinite where negatives are shifted. */
const FAR: f32 = 80;

/** Σ_j w_j softplus(z_j) of a row and its gradient; `weights` is padded to whole vectors of four. */
export function weightedNegatives(z: usize, out: usize, weights: usize): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    fold(end);
    expand(end);
    sums = weigh(placeOf(out, j, count), end, weights + (<usize>j << 2), sums);
    fetch(out, j, count);
  }
  return sumOf(sums);
}

/** w Σ_j p_j^γ softplus(z_j) of a row with p = σ(z), and its gradient. */
export function focalNegatives(z: usize, out: usize, gamma: f32, weight: f32): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    fold(end);
    expand(end);
    const whole = isWhole(gamma);
    if (whole) {
      split<i32>(end, gamma);
    } else {
      split<f32>(end, gamma);
      expandLogs(end, gamma);
    }
    sums = focusBy(whole ? gamma : 1, placeOf(out, j, count), end, weight * scale, sums);
    fetch(out, j, count);
  }
  return sumOf(sums) * <f64>weight;
}

/** −Σ_j u_j^γ log(1 − u_j) of a row with u = max(σ(z) − m, 0), and its gradient; x₀ is the logit of m. */
export function shiftedNegatives(z: usize, out: usize, gamma: f32, m: f64, x0: f64): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    shift(end, <f32>x0, <f32>(x0 - <f64>(<f32>x0)));
    expandLessOne(end);
    splitShifted(end, m);
    surprise(end, gamma);
    const whole = isWhole(gamma - 1);
    if (!whole) raiseToAny(end, gamma - 1);
    sums = focusBy(whole ? gamma - 1 : 1, placeOf(out, j, count), end, scale, sums);
    fetch(out, j, count);
  }
  return sumOf(sums);
}

// Writes r and 2ᵏ of −|x|.
function fold(end: usize): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const x = f32x4.neg(f32x4.abs(v128.load(from + at)));
    const bounded = f32x4.pmax(x, f32x4.splat(LOWEST_32));
    const exponent = exponent32(bounded);
    v128.store(to + at, remainder32(bounded, exponent));
    v128.store(to + at, powerOfTwo32(exponent), POWERS);
    at += 16;
  } while (at < end);
}

// Writes r and 2ᵏ of x − x₀, or of 0 below x₀. Near x₀ the difference has all its digits.
function shift(end: usize, upper: f32, lower: f32): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const x = f32x4.sub(f32x4.sub(v128.load(from + at), f32x4.splat(upper)), f32x4.splat(lower));
    const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(FAR));
    const exponent = exponent32(bounded);
    v128.store(to + at, remainder32(bounded, exponent));
    v128.store(to + at, powerOfTwo32(exponent), POWERS);
    at += 16;
  } while (at < end);
}

// Replaces r with eˣ − 1.
function expandLessOne(end: usize): void {
  const one = f32x4.splat(1);
  let at = scratch;
  end += at;
  do {
    const power = v128.load(at, POWERS);
    const part = f32x4.mul(expFraction32(v128.load(at)), power);
    v128.store(at, f32x4.add(f32x4.sub(power, one), part));
    at += 16;
  } while (at < end);
}

// Replaces r with eˣ.
function expand(end: usize): void {
  let at = scratch;
  end += at;
  do {
    const power = v128.load(at, POWERS);
    v128.store(at, f32x4.add(power, f32x4.mul(expFraction32(v128.load(at)), power)));
    at += 16;
  } while (at < end);
}

function weigh(out: usize, end: usize, weights: usize, sums: v128): v128 {
  const parts = scratch;
  const x4 = from;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const factor = f32x4.splat(scale);
  let at: usize = 0;
  do {
    const e = v128.load(parts + at);
    const x = v128.load(x4 + at);
    const weight = v128.load(weights + at);
    if (out) {
      const larger = v128.bitselect(e, one, f32x4.lt(x, zero));
      const sigma = f32x4.div(larger, f32x4.add(one, e));
      v128.store(out + at, f32x4.mul(sigma, f32x4.mul(weight, factor)));
    }
    const loss = f32x4.mul(weight, f32x4.add(f32x4.pmax(x, zero), log1p4(e)));
    sums = f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(loss), promoteHigh(loss)));
    at += 16;
  } while (at < end);
  return sums;
}

// Replaces e^−|x| with p (with log p if `Power` is f32), and writes the factors of p^γ: softplus(x), and the one in its
// gradient.
function split<Power>(end: usize, gamma: f32): void {
  const parts = scratch;
  const x4 = from;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let at: usize = 0;
  do {
    const e = v128.load(parts + at);
    const x = v128.load(x4 + at);
    const near = f32x4.div(one, f32x4.add(one, e));
    const far = f32x4.mul(e, near);
    const isNegative = f32x4.lt(x, zero);
    const p = v128.bitselect(far, near, isNegative);
    const rest = v128.bitselect(near, far, isNegative);
    const log = log1p4(e);
    const surprise = f32x4.add(f32x4.pmax(x, zero), log);
    v128.store(parts + at, isFloat<Power>() ? f32x4.sub(f32x4.pmin(x, zero), log) : p);
    v128.store(parts + at, surprise, THIRD);
    const focusing = f32x4.mul(f32x4.mul(f32x4.splat(gamma), rest), surprise);
    v128.store(parts + at, f32x4.add(focusing, p), FOURTH);
    at += 16;
  } while (at < end);
}

// Replaces t = e^{x − x₀} − 1 with u, and writes 1 − u, u / (1 − u) and p (1 − p). With p = σ(x) and m = σ(x₀), u = p −
// m = m (1 − m) t / (1 + m t), and 1 − p = (1 − m) / (1 + m t).
function splitShifted(end: usize, exactly: f64): void {
  const m = <f32>exactly;
  const one = f32x4.splat(1);
  let at = scratch;
  end += at;
  do {
    const t = v128.load(at);
    const inverse = f32x4.div(one, f32x4.add(one, f32x4.mul(t, f32x4.splat(m))));
    const rest = f32x4.mul(inverse, f32x4.splat(1 - m));
    // In float64, as γ amplifies rounding errors.
    const low = shifted2(f64x2.promote_low_f32x4(t), f64x2.promote_low_f32x4(inverse), exactly);
    const u = demote4(low, shifted2(promoteHigh(t), promoteHigh(inverse), exactly));
    const complement = f32x4.add(rest, f32x4.splat(m));
    v128.store(at, u);
    v128.store(at, complement, POWERS);
    v128.store(at, f32x4.div(u, complement), THIRD);
    v128.store(at, f32x4.mul(f32x4.add(u, f32x4.splat(m)), rest), FOURTH);
    at += 16;
  } while (at < end);
}

// m (1 − m) t / (1 + m t), given 1 / (1 + m t) to float32's digits, which one Newton step doubles.
// @ts-ignore: decorator
@inline
function shifted2(t: v128, inverse: v128, m: f64): v128 {
  const above = f64x2.add(f64x2.splat(1), f64x2.mul(t, f64x2.splat(m)));
  const step = f64x2.sub(f64x2.splat(2), f64x2.mul(above, inverse));
  return f64x2.mul(f64x2.mul(f64x2.mul(t, f64x2.splat(m * (1 - m))), inverse), step);
}

// Writes the factors of u^{γ − 1}: −u log(1 − u), and the one in its gradient.
function surprise(end: usize, gamma: f32): void {
  let at = scratch;
  end += at;
  do {
    const u = v128.load(at);
    const log = logOfComplement4(u, v128.load(at, POWERS));
    const focusing = f32x4.sub(v128.load(at, THIRD), f32x4.mul(f32x4.splat(gamma), log));
    v128.store(at, f32x4.neg(f32x4.mul(u, log)), THIRD);
    v128.store(at, f32x4.mul(v128.load(at, FOURTH), focusing), FOURTH);
    at += 16;
  } while (at < end);
}

// Whether the power of γ can be computed by multiplications.
function isWhole(gamma: f32): bool {
  return gamma == 1 || gamma == 2 || gamma == 3 || gamma == 4;
}

// Replaces log p with e^{γ log p}.
function expandLogs(end: usize, gamma: f32): void {
  const factor = f32x4.splat(gamma);
  let at = scratch;
  end += at;
  do {
    v128.store(at, exp4(f32x4.mul(v128.load(at), factor)));
    at += 16;
  } while (at < end);
}

// Raises the first part to the power γ.
function raiseToAny(end: usize, gamma: f32): void {
  let at = scratch;
  const last = at + end;
  do {
    v128.store(at, log4(v128.load(at)));
    at += 16;
  } while (at < last);
  expandLogs(end, gamma);
}

// Multiplies both parts by the first one's power of 1 to 4: sums the losses, and writes the gradient to `out`.
function focusBy(gamma: f32, out: usize, end: usize, factor: f32, sums: v128): v128 {
  if (gamma == 1) return focus<i8>(out, end, factor, sums);
  if (gamma == 2) return focus<i16>(out, end, factor, sums);
  if (gamma == 3) return focus<i32>(out, end, factor, sums);
  return focus<i64>(out, end, factor, sums);
}

// Fused, as a loop of its own for the power would load and store everything again. `Power` is the first, second …
// integer type.
function focus<Power>(out: usize, end: usize, factor: f32, sums: v128): v128 {
  const parts = scratch;
  const factors = f32x4.splat(factor);
  let at: usize = 0;
  do {
    const base = v128.load(parts + at);
    let power = base;
    if (sizeof<Power>() > 1) {
      power = f32x4.mul(base, base);
      if (sizeof<Power>() == 4) power = f32x4.mul(base, power);
      if (sizeof<Power>() == 8) power = f32x4.mul(power, power);
    }
    const loss = f32x4.mul(power, v128.load(parts + at, THIRD));
    if (out) {
      const slope = f32x4.mul(power, v128.load(parts + at, FOURTH));
      v128.store(out + at, f32x4.mul(slope, factors));
    }
    sums = f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(loss), promoteHigh(loss)));
    at += 16;
  } while (at < end);
  return sums;
}
