import {classes, kind, withBackground} from './call';
import {addUp, load4, promoteHigh, sumOf} from './elements';

// Memory layouts of labels; the numbers are those of LABEL_KINDS in ../label_kinds.ts.
/** One int32 per row. */
export const INDEX: i32 = 0;
/** One float32 per class. */
export const FLOAT: i32 = 1;
/** One int32 per class. */
export const INT: i32 = 2;
/** One byte per class. */
export const BYTE: i32 = 3;

/** Loads y of up to four classes from `column` on, as float32; `label` is the class of INDEX, or −1. */
// @ts-ignore: decorator
@inline
export function labels4(kind: i32, row: usize, label: i32, column: i32, count: i32): v128 {
  if (kind == INDEX) {
    const hit = i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(label - column));
    return v128.and(hit, f32x4.splat(1));
  }
  if (kind == FLOAT) return load4(row + (<usize>column << 2), count);
  if (kind == INT) return f32x4.convert_i32x4_s(load4(row + (<usize>column << 2), count));
  return f32x4.convert_i32x4_s(bytes4(row + <usize>column, count));
}

function bytes4(at: usize, count: i32): v128 {
  let packed: u32 = 0;
  if (count >= 4) packed = load<u32>(at);
  else for (let lane = 0; lane < count; ++lane) packed |= <u32>load<u8>(at + <usize>lane) << (lane << 3);
  const halves = i16x8.extend_low_i8x16_u(i32x4(packed, 0, 0, 0));
  return i32x4.extend_low_i16x8_u(halves);
}

/** No class. */
export const NONE: i32 = -1;
/** More than one class. */
export const SEVERAL: i32 = -2;
/** Labels other than 0 and 1. */
export const SOFT: i32 = -3;

// For the scans below, which need not be as fast as the passes.
function scanned4(row: usize, column: i32): v128 {
  return labels4(kind, row, NONE, column, classes - column);
}

// @ts-ignore: decorator
@inline
function bitsOf(y: v128): i32 {
  return i32x4.bitmask(f32x4.ne(y, f32x4.splat(0)));
}

/** A bit for each of up to four classes from `column` on, set if its label is not 0. */
export function positives4(row: usize, column: i32): i32 {
  return bitsOf(scanned4(row, column));
}

/** Summarizes the labels of a row: the only class, if its label is 1, or NONE, SEVERAL or SOFT. */
export function labelOf(row: usize): i32 {
  if (kind == INDEX) {
    const label = load<i32>(row);
    return label == classes ? NONE : label;
  }
  let label = NONE;
  for (let j = 0; j < classes; j += 4) {
    const y = scanned4(row, j);
    const bits = bitsOf(y);
    if (bits == 0) continue;
    if (bits != i32x4.bitmask(f32x4.eq(y, f32x4.splat(1)))) return SOFT;
    label = label == NONE && (bits & (bits - 1)) == 0 ? j + ctz(bits) : SEVERAL;
  }
  return label;
}

// Tolerance of shares at 0 and 1: LABEL_SLACK of src/labels/label_values.ts, in float64 as there.
const SLACK: f64 = 1e-3;

/**
 * Whether the labels of a row are in 0 … 1: those of its classes, which only SOFT ones can violate, and that of
 * background. Agrees with `requireShares` in src/labels/label_values.ts.
 */
export function areShares(row: usize, label: i32): bool {
  const columns = classes + <i32>withBackground;
  for (let j = label == SOFT ? 0 : classes; j < columns; j += 4) {
    const y = labels4(kind, row, NONE, j, columns - j);
    const low = shares2(f64x2.promote_low_f32x4(y));
    if (!i64x2.all_true(v128.and(low, shares2(promoteHigh(y))))) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function shares2(y: v128): v128 {
  return v128.and(f64x2.ge(y, f64x2.splat(-SLACK)), f64x2.le(y, f64x2.splat(1 + SLACK)));
}

/** The layout to read a row's labels in: a single class as its index, whatever form it came in. */
export function formOf(label: i32): i32 {
  return label >= NONE ? INDEX : kind;
}

/**
 * 1 − E(r) of a row of SOFT labels, as `backgroundShare` in src/labels/host_labels.ts. Hard labels need no call: a row
 * with a class that is 1 has E(r) = 1 in every form, and one without a positive class has E(r) = 0.
 */
export function backgroundShare(row: usize): f64 {
  let sums = f64x2.splat(0);
  let most = f32x4.splat(0);
  for (let j = 0; j < classes; j += 4) {
    const y = scanned4(row, j);
    sums = addUp(sums, y);
    most = f32x4.max(most, y);
  }
  if (!withBackground) return clipped(1 - sumOf(sums));
  const two = f32x4.max(most, v128.shuffle<i32>(most, most, 2, 3, 2, 3));
  const largest = <f64>max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
  if (largest == 0) return 1;
  const background = <f64>f32x4.extract_lane(labels4(kind, row, NONE, classes, 1), 0);
  return clipped(min(background, 1 - largest));
}

function clipped(share: f64): f64 {
  return min(max(share, 0), 1);
}
