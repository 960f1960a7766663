import {bytesOf, exponentials, fetch, placeOf, POWERS} from './blocks';
import {classes, kept, scale, scratch, soft} from './call';
import {addUp, demote4, load4, promoteHigh, store4, sumOf} from './elements';
import {backgroundShare, formOf, labels4, NONE, positives4, SOFT} from './labels';
import {expNegative64, LN2, log1p64, logOf} from './math';
import {CAP, kept2} from './suppression';

/** Factors 1 + eˣ multiplied before the exponent is extracted: 64 stay below 2¹⁰²⁴ for a mean x up to 22. */
const STEP = 64;
/** Below this mean loss per class, 1 + eˣ rounds eˣ away; the loss is redone in float64. */
const TINY: f64 = 2.384185791015625e-7;
/** A cap that was −∞, though its class counts. */
const TURNED: f32 = 89;
const SIGN: u32 = 0x80000000;

/**
 * Σ_j w_j · BCE(σ(z_j), y_j) of a row and its gradient. w_j is k_j + (1 − k_j) · y_j in foreground rows, 1 in
 * background rows, and the mean of both, weighted by E(r) and 1 − E(r), in rows that hold a share of each. Temporarily
 * overwrites the logits of the row's classes and their k.
 */
export function sigmoidLoss(z: usize, out: usize, row: usize, label: i32, first: u32): f64 {
  const foreground = label != NONE;
  const background: f64 = label == SOFT ? backgroundShare(row) : foreground ? 0 : 1;
  if (label != SOFT && !(soft && foreground)) {
    const from: usize = foreground ? kept : 0;
    if (foreground) turn(z, from, 0, row, label);
    const loss = negatives(z, out, from, first);
    if (foreground) turn(z, from, out, row, label);
    if (loss >= TINY * <f64>classes && loss < Infinity) return loss;
    // The gradient is right even where the loss is too small.
    if (loss < Infinity) out = 0;
  }
  return softRow(z, out, row, label, background, first);
}

// Flips the signs of the logits of the row's classes, so that every class can be treated as a negative, and lets them
// count; or undoes that, and flips the signs of their gradients in `out`.
function turn(z: usize, caps: usize, out: usize, row: usize, label: i32): void {
  if (label >= 0) {
    turnClass(z, caps, out, label);
    return;
  }
  for (let j = 0; j < classes; j += 4) {
    for (let bits = positives4(row, j); bits; bits &= bits - 1) {
      turnClass(z, caps, out, j + ctz(bits));
    }
  }
}

function turnClass(z: usize, caps: usize, out: usize, j: i32): void {
  const at = <usize>j << 2;
  store<u32>(z + at, load<u32>(z + at) ^ SIGN);
  if (out) store<u32>(out + at, load<u32>(out + at) ^ SIGN);
  const cap = load<f32>(caps + at);
  if (cap != CAP) store<f32>(caps + at, cap < CAP ? TURNED : -Infinity);
}

// For labels and k that are 0 or 1, with x = −z where y = 1 (signs flipped) and x = z elsewhere: BCE = log(1 + eˣ), and
// its derivative with respect to x is σ(x) = eˣ / (1 + eˣ). Classes that do not count have x = −∞. The logarithms of a
// row are one logarithm of a product in float64; what float32 rounded off a factor is added to first order. Not finite
// if a logit is NaN, or so large that a product overflows.
function negatives(x: usize, out: usize, caps: usize, first: u32): f64 {
  const ones = f64x2.splat(1);
  let product = ones;
  let largest = ones;
  let exponents = i64x2.splat(0);
  let rests = f64x2.splat(0);
  for (let j = 0, count = 0; j < classes; j += count) {
    count = exponentials(x, caps, j, first);
    const to = placeOf(out, j, count);
    for (let k = 0; k < count; k += STEP) {
      const at = <usize>k << 2;
      product = finish(to ? to + at : 0, scratch + at, bytesOf(min(count - k, STEP)), product);
      const rest = v128.load(scratch);
      rests = addUp(rests, rest);
      largest = f64x2.pmax(largest, product);
      exponents = i64x2.add(exponents, i64x2.sub(i64x2.shr_u(product, 52), i64x2.splat(1023)));
      product = v128.or(v128.and(product, i64x2.splat(0x000fffffffffffff)), ones);
    }
    fetch(out, j, count);
  }
  const exponent = <f64>(i64x2.extract_lane(exponents, 0) + i64x2.extract_lane(exponents, 1));
  const logs = exponent * LN2 + logOf(f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1));
  return sumOf(largest) < Infinity ? logs + sumOf(rests) : Infinity;
}

// Multiplies `product` by factors 1 + eˣ, and leaves the rounding errors of their logarithms at the start of the
// scratch buffer.
function finish(out: usize, from: usize, end: usize, product: v128): v128 {
  const one = f32x4.splat(1);
  const factor = f32x4.splat(scale);
  let rest = f32x4.splat(0);
  let at: usize = 0;
  do {
    const part = v128.load(from + at);
    const power = v128.load(from + at, POWERS);
    const sum = f32x4.add(f32x4.add(one, power), part);
    const inverse = f32x4.div(one, sum);
    const lost = f32x4.add(f32x4.add(f32x4.sub(one, sum), power), part);
    rest = f32x4.add(rest, f32x4.mul(lost, inverse));
    if (out) {
      const sigma = f32x4.mul(f32x4.add(power, part), inverse);
      v128.store(out + at, f32x4.mul(sigma, factor));
    }
    product = f64x2.mul(product, f64x2.mul(f64x2.promote_low_f32x4(sum), promoteHigh(sum)));
    at += 16;
  } while (at < end);
  v128.store(scratch, rest);
  return product;
}

// Computes a row with any y and k in 0 … 1, and whatever the above can't, entirely in float64. A term with factor 0 is
// left out: an infinite logit on the right side costs 0 rather than NaN.
function softRow(
  z: usize,
  out: usize,
  row: usize,
  label: i32,
  background: f64,
  first: u32,
): f64 {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const factor = f64x2.splat(<f64>scale);
  const rest = f64x2.splat(background);
  const share = f64x2.splat(1 - background);
  const form = formOf(label);
  let sum = zero;
  for (let j = 0; j < classes; j += 2) {
    const count = min(classes - j, 2);
    const x = f64x2.promote_low_f32x4(load4(z + (<usize>j << 2), count));
    const y = f64x2.promote_low_f32x4(labels4(form, row, label, j, count));
    const n = f64x2.sub(one, y);
    let w = one;
    if (background != 1) {
      const spared = f64x2.add(f64x2.mul(kept2(kept, j, count, first), n), y);
      w = f64x2.add(rest, f64x2.mul(share, spared));
    }
    let counted = v128.or(f64x2.ne(w, zero), f64x2.ne(x, x));
    if (count == 1) counted = v128.and(counted, i64x2(-1, 0));

    const minus = f64x2.neg(x);
    const e = expNegative64(f64x2.abs(x));
    const above = v128.and(f64x2.mul(n, f64x2.pmax(x, zero)), f64x2.ne(n, zero));
    const below = v128.and(f64x2.mul(y, f64x2.pmax(minus, zero)), f64x2.ne(y, zero));
    const element = f64x2.add(f64x2.add(above, below), log1p64(e));
    sum = f64x2.add(sum, v128.and(f64x2.mul(w, element), counted));

    if (out) {
      const larger = f64x2.div(factor, f64x2.add(one, e));
      const smaller = f64x2.mul(e, larger);
      const negative = f64x2.lt(x, zero);
      const up = f64x2.mul(n, v128.bitselect(smaller, larger, negative));
      const down = f64x2.mul(y, v128.bitselect(larger, smaller, negative));
      const gradient = v128.and(f64x2.mul(w, f64x2.sub(up, down)), counted);
      store4(out + (<usize>j << 2), demote4(gradient, gradient), count == 1 ? 1 : 2);
    }
  }
  return sumOf(sum);
}
