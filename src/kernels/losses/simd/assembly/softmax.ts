import {classes, kept, scale, soft} from './call';
import {demote4, load4, promoteHigh, store4, sumOf} from './elements';
import {formOf, INDEX, labels4, NONE} from './labels';
import {expNegative64, log1pOf, logOf} from './math';
import {multiply} from './scale';
import {kept2} from './suppression';
import {areInRange, exp64, plainTerms} from './terms';

/**
 * −Σ_j y_j log(e^{z_j} / Σ_i w̃_i e^{z_i}) of a row and its gradient, with w̃_i = k_i + (1 − k_i) · y_i. A row whose
 * labels sum to 0 costs 0.
 */
export function softmaxLoss(z: usize, out: usize, row: usize, label: i32, first: u32): f64 {
  if (label == NONE) return empty(out, <usize>classes << 2);
  if (label >= 0 && !soft) {
    const loss = hardRow(z, out, label, first);
    if (loss == loss) return loss;
  }
  return softRow(z, out, row, label, first);
}

function empty(out: usize, bytes: usize): f64 {
  if (out) memory.fill(out, 0, bytes);
  return 0;
}

// Computes a row with one label, where w̃ of the other classes is 0 or 1. NaN if a term or the sum is NaN, or beyond
// what float32 holds with all its digits.
function hardRow(z: usize, out: usize, label: i32, first: u32): f64 {
  const at = <usize>label << 2;
  const logit = load<f32>(z + at);
  // Keep the label's term apart, so that a small loss, log(1 + others / own), keeps its digits.
  store<f32>(z + at, -Infinity);
  const others = plainTerms(z, out, 0, first);
  store<f32>(z + at, logit);
  const x = <f64>logit;
  const own = exp64(x);
  const total = own + others;
  if (!areInRange(others, own, scale)) return NaN;
  if (out) {
    multiply(out, classes, <f32>(<f64>scale / total));
    store<f32>(out + at, <f32>(-(others / total) * <f64>scale));
  }
  return others < own ? log1pOf(others / own) : logOf(total) - x;
}

// w̃ of up to two classes.
// @ts-ignore: decorator
@inline
function weights2(y: v128, j: i32, count: i32, first: u32): v128 {
  return f64x2.add(f64x2.mul(kept2(kept, j, count, first), f64x2.sub(f64x2.splat(1), y)), y);
}

// w̃ e^{z − M} of up to two classes. NaN stays NaN, whatever its weight.
// @ts-ignore: decorator
@inline
function termOf2(x: v128, w: v128, shift: v128): v128 {
  const takesPart = v128.or(f64x2.gt(w, f64x2.splat(0)), f64x2.ne(x, x));
  return v128.and(f64x2.mul(w, expNegative64(f64x2.sub(shift, x))), takesPart);
}

// A dropped class, w̃ = 0, takes no part, so that only a NaN logit of its own can make the row NaN. Terms are relative
// to M, the largest that remains. The label's term is kept apart from the sum of the others, so that a small loss,
// log(1 + others / own), keeps its digits; with several labels, so are those as large as M.
function softRow(z: usize, out: usize, row: usize, label: i32, first: u32): f64 {
  const form = formOf(label);
  const zero = f64x2.splat(0);
  let most = f64x2.splat(-Infinity);
  let masses = zero;
  for (let j = 0; j < classes; j += 2) {
    const count = min(classes - j, 2);
    const x = f64x2.promote_low_f32x4(load4(z + (<usize>j << 2), count));
    const y = f64x2.promote_low_f32x4(labels4(form, row, label, j, count));
    const w = weights2(y, j, count, first);
    let takesPart = f64x2.gt(w, zero);
    if (count == 1) takesPart = v128.and(takesPart, i64x2(-1, 0));
    most = f64x2.pmax(most, v128.bitselect(x, f64x2.splat(-Infinity), takesPart));
    masses = f64x2.add(masses, y);
  }
  const mass = sumOf(masses);
  const largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  const shift = f64x2.splat(largest);

  let others = zero;
  let own = zero;
  let distances = zero;
  for (let j = 0; j < classes; j += 2) {
    const count = min(classes - j, 2);
    const at = <usize>j << 2;
    const x = f64x2.promote_low_f32x4(load4(z + at, count));
    const y = f64x2.promote_low_f32x4(labels4(form, row, label, j, count));
    const w = weights2(y, j, count, first);
    let term = termOf2(x, w, shift);
    if (count == 1) term = v128.and(term, i64x2(-1, 0));
    const positive = f64x2.ne(y, zero);
    const apart = form == INDEX ? positive : f64x2.eq(x, shift);
    others = f64x2.add(others, v128.andnot(term, apart));
    own = f64x2.add(own, v128.and(term, apart));
    distances = f64x2.add(distances, v128.and(f64x2.mul(y, f64x2.sub(shift, x)), positive));
    if (out && form == INDEX) store4(out + at, demote4(term, term), count);
  }
  const rest = sumOf(others);
  const top = sumOf(own);
  const total = top + rest;
  const below = sumOf(distances);
  if (form == INDEX) {
    if (out) {
      divideBy(out, classes, total / <f64>scale);
      // Not −rest / total, which is −0 if there are no others.
      store<f32>(out + (<usize>label << 2), <f32>(0 - (rest / total) * <f64>scale));
    }
    return rest < top ? log1pOf(rest / top) : below + logOf(total);
  }
  if (out) {
    const factor = f64x2.splat(<f64>scale);
    const share = f64x2.splat(mass / total);
    for (let j = 0; j < classes; j += 2) {
      const count = min(classes - j, 2);
      const at = <usize>j << 2;
      const x = f64x2.promote_low_f32x4(load4(z + at, count));
      const y = f64x2.promote_low_f32x4(labels4(form, row, label, j, count));
      const w = weights2(y, j, count, first);
      const gradient = f64x2.sub(f64x2.mul(termOf2(x, w, shift), share), y);
      const scaled = f64x2.mul(gradient, factor);
      store4(out + at, demote4(scaled, scaled), count);
    }
  }
  return below + mass * (top < 1 ? logOf(total) : log1pOf(top - 1 + rest));
}

function divideBy(out: usize, classes: i32, total: f64): void {
  const factor = f64x2.splat(1 / total);
  for (let j = 0; j < classes; j += 4, out += 16) {
    const count = classes - j;
    const terms = load4(out, count);
    const low = f64x2.mul(f64x2.promote_low_f32x4(terms), factor);
    const high = f64x2.mul(promoteHigh(terms), factor);
    store4(out, demote4(low, high), count);
  }
}
