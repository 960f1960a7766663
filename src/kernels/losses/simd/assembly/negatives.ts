import {bytesOf, fetch, placeOf, POWERS, storeReduced} from './blocks';
import {classes, scale, scratch} from './call';
import {addUp, SUMMED_AT_ONCE, sumOf} from './elements';
import {expandLogs, focus, isWhole, raise} from './focusing';
import {expFraction32, LOWEST_32} from './math';
import {log1p4} from './powers';
import {FOURTH, from, take, THIRD} from './table';

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
    if (isWhole(gamma)) {
      split<i32>(end, gamma);
      if (gamma > 2) raise(end, gamma);
    } else {
      split<f32>(end, gamma);
      expandLogs(end, gamma);
    }
    const to = placeOf(out, j, count);
    sums = gamma == 2 ? focus<i16>(to, end, weight * scale, sums) : focus<i8>(to, end, weight * scale, sums);
    fetch(out, j, count);
  }
  return sumOf(sums) * <f64>weight;
}

// Writes r and 2ᵏ of −|x|.
function fold(end: usize): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const x = f32x4.neg(f32x4.abs(v128.load(from + at)));
    const bounded = f32x4.pmax(x, f32x4.splat(LOWEST_32));
    storeReduced(to + at, bounded);
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
    const stop = min(at + SUMMED_AT_ONCE, end);
    let some = f32x4.splat(0);
    do {
      const e = v128.load(parts + at);
      const x = v128.load(x4 + at);
      const weight = v128.load(weights + at);
      if (out) {
        const larger = v128.bitselect(e, one, f32x4.lt(x, zero));
        const sigma = f32x4.div(larger, f32x4.add(one, e));
        v128.store(out + at, f32x4.mul(sigma, f32x4.mul(weight, factor)));
      }
      some = f32x4.add(some, f32x4.mul(weight, f32x4.add(f32x4.pmax(x, zero), log1p4(e))));
      at += 16;
    } while (at < stop);
    sums = addUp(sums, some);
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
