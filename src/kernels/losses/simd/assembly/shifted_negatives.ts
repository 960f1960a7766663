import {bytesOf, fetch, placeOf, POWERS, storeReduced} from './blocks';
import {classes, scale, scratch} from './call';
import {addUp, SUMMED_AT_ONCE, sumOf} from './elements';
import {raise} from './focusing';
import {expFraction32, expNegative64, logOf} from './math';
import {LN2} from './powers';
import {FIFTH, FOURTH, from, take, THIRD} from './table';

/** Beyond it, a logit counts as infinite where negatives are shifted. */
const FAR: f32 = 80;
/** One more in the exponent, among float32's bits: its place, and half of it. */
const STEP: f32 = 0x800000;
const HALF_STEP = 0x400000;
/** The bits of sign and exponent. */
const EXPONENT = -0x800000;

/** The clip m, and its logit x₀ in two parts. */
let m: f32 = 0;
let upper: f32 = 0;
let lower: f32 = 0;
/** A power of two with m (1 − m) s in 0.5 … 1. */
let s: f32 = 1;
let spread: f32 = 1;
/** (m (1 − m) s)^γ. */
let weight: f64 = 1;

/** Prepares the rows of a call. */
export function beginShifted(gamma: f64, clip: f64): void {
  const x0 = logOf(clip) - logOf(1 - clip);
  m = <f32>clip;
  upper = <f32>x0;
  lower = <f32>(x0 - <f64>upper);
  const product = clip * (1 - clip);
  const exponent = reinterpret<u64>(product) >> 52;
  const power = reinterpret<f64>((2045 - exponent) << 52);
  s = <f32>power;
  spread = <f32>(product * power);
  weight = f64x2.extract_lane(expNegative64(f64x2.splat(-gamma * logOf(product * power))), 0);
}

/** −Σ_j u_j^γ log(1 − u_j) of a row with u = max(σ(z) − m, 0), and its gradient. */
export function shiftedNegatives(z: usize, out: usize, gamma: f32): f64 {
  const factor = scale * s * <f32>weight;
  let sums = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = take(z, j);
    const end = bytesOf(count);
    shift(end);
    expandLessOne(end);
    split(end);
    takeLogs(end);
    const to = placeOf(out, j, count);
    if (gamma == 4) {
      sums = finish<i32>(to, end, gamma, factor, sums);
    } else {
      raise(end, gamma - 1);
      sums = finish<f32>(to, end, gamma, factor, sums);
    }
    fetch(out, j, count);
  }
  return sumOf(sums) * weight;
}

// Writes r and 2ᵏ of x − x₀, or of 0 below x₀. Near x₀ the difference has all its digits.
function shift(end: usize): void {
  const to = scratch;
  const high = f32x4.splat(upper);
  const low = f32x4.splat(lower);
  let at: usize = 0;
  do {
    const x = f32x4.sub(f32x4.sub(v128.load(from + at), high), low);
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

// With p = σ(x), m = σ(x₀), t = e^{x − x₀} − 1, a = s (1 + m t) and b = s (1 + m² t):
//   u = p − m = m (1 − m) s · t / a,   p (1 − p) = m (1 − m) s² · (1 + t) / a²,   1 − u = b / a.
// The constants are left for later: here they would cost u digits, and γ amplifies what is lost. For a 2ᵏ near a / b,
// −log(1 − u) = k log 2 + log(2⁻ᵏ a / b), the logarithm as 2 artanh h with h = (2⁻ᵏ a − b) / (2⁻ᵏ a + b). Replaces t with
// t / a, and writes (1 + t) / a², u / (1 − u) = (a − b) / b, h and k, which stays in the bits of an exponent.
function split(end: usize): void {
  const one = f32x4.splat(1);
  const first = f32x4.splat(s);
  const share = f32x4.splat(m);
  const factor = f32x4.splat(spread);
  const slope = f32x4.splat(m * s);
  const rest = f32x4.splat((1 - m) * s);
  let at = scratch;
  end += at;
  do {
    const t = v128.load(at);
    const a = f32x4.add(first, f32x4.mul(t, slope));
    const b = f32x4.add(rest, f32x4.mul(a, share));
    const inverse = f32x4.div(one, a);
    const difference = f32x4.mul(t, factor);
    const k = v128.and(i32x4.add(i32x4.sub(a, b), i32x4.splat(HALF_STEP)), i32x4.splat(EXPONENT));
    const near = i32x4.sub(a, k);
    // Without an exponent, the difference is known with all its digits.
    const above = v128.bitselect(difference, f32x4.sub(near, b), i32x4.eq(k, i32x4.splat(0)));
    const u = f32x4.div(t, a);
    v128.store(at, u);
    v128.store(at, f32x4.div(above, f32x4.add(near, b)), POWERS);
    v128.store(at, f32x4.div(difference, b), THIRD);
    v128.store(at, f32x4.mul(f32x4.add(u, inverse), inverse), FOURTH);
    v128.store(at, k, FIFTH);
    at += 16;
  } while (at < end);
}

// Replaces h with −log(1 − u). 2 artanh h is a minimax polynomial (1e-8).
function takeLogs(end: usize): void {
  let at = scratch;
  end += at;
  do {
    const h = v128.load(at, POWERS);
    const z = f32x4.mul(h, h);
    const high = f32x4.add(f32x4.mul(z, f32x4.splat(0.2999994847201261)), f32x4.splat(0.3997807990467635));
    const q = f32x4.add(f32x4.mul(z, high), f32x4.splat(0.6666670920296272));
    const logs = f32x4.mul(f32x4.convert_i32x4_s(v128.load(at, FIFTH)), f32x4.splat(LN2 / STEP));
    v128.store(at, f32x4.add(logs, f32x4.mul(h, f32x4.add(f32x4.splat(2), f32x4.mul(z, q)))), POWERS);
    at += 16;
  } while (at < end);
}

// Sums the losses, and writes the gradient to `out`. `Power` is f32 if t / a has been raised, i32 if it is to be cubed.
function finish<Power>(out: usize, end: usize, gamma: f32, factor: f32, sums: v128): v128 {
  const parts = scratch;
  const factors = f32x4.splat(factor);
  let at: usize = 0;
  do {
    const stop = min(at + SUMMED_AT_ONCE, end);
    let some = f32x4.splat(0);
    do {
      const base = v128.load(parts + at);
      const u = isFloat<Power>() ? v128.load(parts + at, FIFTH) : base;
      const log = v128.load(parts + at, POWERS);
      const power = isFloat<Power>() ? base : f32x4.mul(base, f32x4.mul(base, base));
      some = f32x4.add(some, f32x4.mul(power, f32x4.mul(u, log)));
      if (out) {
        const focusing = f32x4.add(v128.load(parts + at, THIRD), f32x4.mul(f32x4.splat(gamma), log));
        const slope = f32x4.mul(f32x4.mul(power, factors), v128.load(parts + at, FOURTH));
        v128.store(out + at, f32x4.mul(slope, focusing));
      }
      at += 16;
    } while (at < stop);
    sums = addUp(sums, some);
  } while (at < end);
  return sums;
}
