import {bytesOf, fetch, placeOf, POWERS, storeReduced} from './blocks';
import {classes, scale, scratch} from './call';
import {demote4, promoteHigh, sumOf} from './elements';
import {focusBy, isWhole, raiseToAny} from './focusing';
import {expFraction32} from './math';
import {LN2} from './powers';
import {FIFTH, FOURTH, from, take, THIRD} from './table';

/** Beyond it, a logit counts as infinite where negatives are shifted. */
const FAR: f32 = 80;
/** Half of an exponent's step in float32's bits. */
const HALF_EXPONENT = 0x400000;

/** −Σ_j u_j^γ log(1 − u_j) of a row with u = max(σ(z) − m, 0), and its gradient; x₀ is the logit of m. */
export function shiftedNegatives(z: usize, out: usize, gamma: f32, m: f64, x0: f64): f64 {
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    shift(end, <f32>x0, <f32>(x0 - <f64>(<f32>x0)));
    expandLessOne(end);
    splitShifted(end, m);
    reduceLogs(end, <f32>m);
    surprise(end, gamma);
    const whole = isWhole(gamma - 1);
    if (!whole) raiseToAny(end, gamma - 1);
    sums = focusBy(whole ? gamma - 1 : 1, placeOf(out, j, count), end, scale, sums);
    fetch(out, j, count);
  }
  return sumOf(sums);
}

// Writes r and 2ᵏ of x − x₀, or of 0 below x₀. Near x₀ the difference has all its digits.
function shift(end: usize, upper: f32, lower: f32): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const x = f32x4.sub(f32x4.sub(v128.load(from + at), f32x4.splat(upper)), f32x4.splat(lower));
    const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(FAR));
    storeReduced(to + at, bounded);
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

// Replaces t = e^{x − x₀} − 1 with u, and writes a = 1 + m t, u a, and p (1 − p). With p = σ(x) and m = σ(x₀), u = p − m
// = m (1 − m) t / a, and 1 − p = (1 − m) / a.
function splitShifted(end: usize, exactly: f64): void {
  const m = <f32>exactly;
  const one = f32x4.splat(1);
  const over = f32x4.splat(<f32>(exactly * (1 - exactly)));
  let at = scratch;
  end += at;
  do {
    const t = v128.load(at);
    const a = f32x4.add(one, f32x4.mul(t, f32x4.splat(m)));
    const inverse = f32x4.div(one, a);
    // In float64, as γ amplifies rounding errors.
    const low = shifted2(f64x2.promote_low_f32x4(t), exactly);
    const u = demote4(low, shifted2(promoteHigh(t), exactly));
    v128.store(at, u);
    v128.store(at, a, POWERS);
    v128.store(at, f32x4.mul(t, over), THIRD);
    v128.store(at, f32x4.mul(f32x4.add(u, f32x4.splat(m)), f32x4.mul(inverse, f32x4.splat(1 - m))), FOURTH);
    at += 16;
  } while (at < end);
}

// m (1 − m) t / (1 + m t).
// @ts-ignore: decorator
@inline
function shifted2(t: v128, m: f64): v128 {
  const a = f64x2.add(f64x2.splat(1), f64x2.mul(t, f64x2.splat(m)));
  return f64x2.div(f64x2.mul(t, f64x2.splat(m * (1 - m))), a);
}

// With b = 1 + m² t: 1 − u = b / a, and u / (1 − u) = (a − b) / b. For a 2ᵏ near b, −log(1 − u) = k log 2 + log(a / b) =
// k log 2 + 2 artanh s with s = (a − b) / (a + b). Writes s, k and u / (1 − u).
function reduceLogs(end: usize, m: f32): void {
  const rest = f32x4.splat(1 - m);
  let at = scratch;
  end += at;
  do {
    const a = v128.load(at, POWERS);
    const over = v128.load(at, THIRD);
    const b = f32x4.add(rest, f32x4.mul(a, f32x4.splat(m)));
    const k = i32x4.shr_s(i32x4.add(i32x4.sub(a, b), i32x4.splat(HALF_EXPONENT)), 23);
    const near = i32x4.sub(a, i32x4.shl(k, 23));
    // Without an exponent, a − b is known with all its digits.
    const above = v128.bitselect(over, f32x4.sub(near, b), i32x4.eq(k, i32x4.splat(0)));
    v128.store(at, f32x4.div(above, f32x4.add(near, b)), POWERS);
    v128.store(at, f32x4.div(over, b), THIRD);
    v128.store(at, k, FIFTH);
    at += 16;
  } while (at < end);
}

// Writes the factors of u^{γ − 1}: −u log(1 − u), and the one in its gradient. 2 artanh s is a minimax polynomial (1e-8).
function surprise(end: usize, gamma: f32): void {
  let at = scratch;
  end += at;
  do {
    const s = v128.load(at, POWERS);
    const z = f32x4.mul(s, s);
    const high = f32x4.add(f32x4.mul(z, f32x4.splat(0.2999994847201261)), f32x4.splat(0.3997807990467635));
    const q = f32x4.add(f32x4.mul(z, high), f32x4.splat(0.6666670920296272));
    const logs = f32x4.mul(f32x4.convert_i32x4_s(v128.load(at, FIFTH)), f32x4.splat(LN2));
    const log = f32x4.add(logs, f32x4.add(f32x4.add(s, s), f32x4.mul(f32x4.mul(s, z), q)));
    const focusing = f32x4.add(v128.load(at, THIRD), f32x4.mul(f32x4.splat(gamma), log));
    v128.store(at, f32x4.mul(v128.load(at), log), THIRD);
    v128.store(at, f32x4.mul(v128.load(at, FOURTH), focusing), FOURTH);
    at += 16;
  } while (at < end);
}
