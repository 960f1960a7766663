import {demote4, load4, promoteHigh, store4, sumOf} from './elements';
import {anyPositive, BYTE, classOf, INDEX, labels4, NONE, SEVERAL} from './labels';
import {exponent32, expFraction32, expNegative64, log1p64, logOf, LOWEST_32, powerOfTwo32} from './math';
import {drawn4, kept2} from './suppression';

/** The product of so many factors of at most 2 stays below 2¹⁰²⁴. */
const BLOCK: i32 = 1020;
/** Below this mean loss of a class, 1 + e⁻ᵃ has too few digits of e⁻ᵃ left even in float64. */
const TINY: f64 = 3.7252902984619140625e-9;
const SIGN: u32 = 0x80000000;

/**
 * Σ_j w_j · BCE(σ(z_j), y_j) of each row, with w_j = k_j + (1 − k_j) · y_j in foreground rows and 1 in others, and its
 * gradient. `z` and `out` are `[rows, classes]` in float32 and do not overlap; `out` is 0 where no gradient is wanted.
 * For as long as a row takes, the logit of its label and that class's k are changed where they lie.
 *
 * @param stride Values of `labels` from row to row.
 * @param kept k_j: as float64 if `soft`; else, all being 0 or 1, as masks of 32 bits.
 * @param losses `[rows]` in float32.
 * @param draws Whether β is drawn: k_j holds where the draw of element `first` + r · classes + j is below `threshold`.
 */
export function sigmoid(
  z: usize,
  out: usize,
  labels: usize,
  kind: i32,
  stride: i32,
  kept: usize,
  soft: bool,
  losses: usize,
  rows: i32,
  classes: i32,
  draws: bool,
  first: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
): void {
  const labelBytes: usize = kind == BYTE ? 1 : 4;
  const rowBytes = <usize>classes << 2;
  const keptBytes: usize = soft ? 8 : 4;
  for (let r = 0; r < rows; ++r) {
    const row = labels + <usize>r * <usize>stride * labelBytes;
    let label = kind == INDEX ? load<i32>(row) : classOf(kind, row, classes);
    if (kind == INDEX && label == classes) label = NONE;
    const foreground = label == SEVERAL ? anyPositive(kind, row, classes) : label != NONE;
    const from: usize = foreground ? kept : 0;
    // A single class is looked for by its index, in whatever form it came.
    const form = label >= NONE ? INDEX : kind;
    const wide = label == SEVERAL || (soft && foreground) ? 0 : classes & ~3;

    let loss: f64 = 0;
    if (wide > 0) loss = hardPart(z, out, from, label, wide, draws, first, key0, key1, threshold);
    if (wide < classes) {
      const at = <usize>wide << 2;
      loss += softPart(
        z + at,
        out ? out + at : 0,
        form,
        row + <usize>wide * labelBytes,
        label - wide,
        from ? from + <usize>wide * keptBytes : 0,
        soft,
        classes - wide,
        draws,
        first + wide,
        key0,
        key1,
        threshold,
      );
    }
    if (wide > 0 && loss < TINY * <f64>classes) {
      loss = softPart(z, 0, form, row, label, from, soft, classes, draws, first, key0, key1, threshold);
    }
    store<f32>(losses + (<usize>r << 2), <f32>loss);
    z += rowBytes;
    if (out) out += rowBytes;
    first += classes;
  }
}

// Turns the sign of the label's logit, so that every class of the row can be treated as a negative, and counts it.
function hardPart(
  z: usize,
  out: usize,
  kept: usize,
  label: i32,
  classes: i32,
  draws: bool,
  first: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
): f64 {
  if (!kept) return hardRow<void>(z, out, 0, classes, 0, 0, 0, 0);
  const turns = label < classes;
  const at = <usize>label << 2;
  let before: u32 = 0;
  if (turns) {
    before = load<u32>(kept + at);
    store<u32>(kept + at, 0xffffffff);
    store<u32>(z + at, load<u32>(z + at) ^ SIGN);
  }
  const loss = draws
    ? hardRow<f32>(z, out, kept, classes, first, key0, key1, threshold)
    : hardRow<i32>(z, out, kept, classes, 0, 0, 0, 0);
  if (turns) {
    store<u32>(kept + at, before);
    store<u32>(z + at, load<u32>(z + at) ^ SIGN);
    if (out) store<u32>(out + at, load<u32>(out + at) ^ SIGN);
  }
  return loss;
}

// Labels and k are 0 or 1, there are a multiple of four classes, and the sign of the label's logit is turned: with x = −z
// where y = 1 and x = z elsewhere, BCE = max(x, 0) + log(1 + e^−|x|), and its derivative by x is σ(x). The logarithms of a
// row are one logarithm of a product, in float64; what float32 took from e^−|x| comes after it, to first order.
// `Row` is void for background, where all classes count, f32 where β is drawn, i32 where it is not. Engines keep
// constants in registers only in a loop that ends in its own last block: hence do … while.
function hardRow<Row>(
  x: usize,
  out: usize,
  kept: usize,
  classes: i32,
  first: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
): f64 {
  const ones = f64x2.splat(1);
  let tops = f64x2.splat(0);
  let rests = f32x4.splat(0);
  let logs: f64 = 0;
  let j = 0;
  do {
    let product = ones;
    const end = min(j + BLOCK, classes);
    do {
      const at = <usize>j << 2;
      const logits = v128.load(x + at);
      const minus = f32x4.pmax(v128.or(logits, i32x4.splat(0x80000000)), f32x4.splat(LOWEST_32));
      const exponent = exponent32(minus);
      const power = powerOfTwo32(exponent);
      const t = expFraction32(minus, exponent);
      const head = f32x4.add(f32x4.splat(1), t);
      const e = f32x4.mul(head, power);
      let rest = f32x4.mul(f32x4.sub(t, f32x4.sub(head, f32x4.splat(1))), power);
      const inverse = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e));
      rest = f32x4.mul(rest, inverse);
      const negative = i32x4.shr_s(logits, 31);
      let top = v128.andnot(logits, negative);
      let factor = e;
      let sigma = f32x4.mul(f32x4.pmax(e, v128.andnot(f32x4.splat(1), negative)), inverse);
      if (!isVoid<Row>()) {
        // What is kept counts, and what is not a number, for that must not be lost.
        let counted = v128.or(v128.load(kept + at), f32x4.ne(logits, logits));
        if (isFloat<Row>()) counted = v128.or(counted, v128.not(drawn4(first + j, key0, key1, threshold)));
        top = v128.and(top, counted);
        factor = v128.and(factor, counted);
        rest = v128.and(rest, counted);
        sigma = v128.and(sigma, counted);
      }
      tops = f64x2.add(tops, f64x2.add(f64x2.promote_low_f32x4(top), promoteHigh(top)));
      const low = f64x2.add(ones, f64x2.promote_low_f32x4(factor));
      const high = f64x2.add(ones, promoteHigh(factor));
      product = f64x2.mul(product, f64x2.mul(low, high));
      rests = f32x4.add(rests, rest);
      if (out) v128.store(out + at, sigma);
      j += 4;
    } while (j < end);
    logs += logOf(f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1));
  } while (j < classes);
  logs += sumOf(f64x2.add(f64x2.promote_low_f32x4(rests), promoteHigh(rests)));
  return sumOf(tops) + logs;
}

// Any y and k in 0 … 1, and rows too small or too short for the above, in float64 throughout. A term with factor 0 is left out: an infinite logit on the right side
// costs 0 and not NaN.
function softPart(
  z: usize,
  out: usize,
  kind: i32,
  row: usize,
  label: i32,
  kept: usize,
  soft: bool,
  classes: i32,
  draws: bool,
  first: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
): f64 {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let sum = zero;
  for (let j = 0; j < classes; j += 2) {
    const count = min(classes - j, 2);
    const x = f64x2.promote_low_f32x4(load4(z + (<usize>j << 2), count));
    const y = f64x2.promote_low_f32x4(labels4(kind, row, label, j, count));
    const n = f64x2.sub(one, y);
    let w = one;
    if (kept) {
      let k = kept2(kept, soft, j, count);
      if (draws) {
        const spared = drawn4(first + j, key0, key1, threshold);
        k = v128.bitselect(k, one, v128.shuffle<i32>(spared, spared, 0, 0, 1, 1));
      }
      w = f64x2.add(f64x2.mul(k, n), y);
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
      const larger = f64x2.div(one, f64x2.add(one, e));
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
