import {classes, draws, scratch} from './call';
import {load4, store4} from './elements';
import {exponent32, expFraction32, LOWEST_32, powerOfTwo32, remainder32} from './math';
import {CAP, drawn4} from './suppression';

/** Classes in a block. */
const BLOCK = 256;
// Offsets of a block's parts in the scratch buffer; the first part is at its start.
export const POWERS: usize = 4 * BLOCK;
// Space for a vector that extends beyond its row, and for the cap used when all classes count.
const LAST: usize = 8 * BLOCK;
const ALL: usize = LAST + 16;

/**
 * Writes eˣ of up to a block of classes from `j` on to the scratch buffer, as 2ᵏ · (eʳ − 1) and 2ᵏ: 0 for classes that
 * do not count, not finite from CAP on. Each block goes through short loops because a CPU's instruction window is too
 * small to overlap enough dependency chains of this length.
 *
 * @param caps 0 if all classes count.
 * @returns The number of classes: a multiple of four, or the last one to three of a row, padded to four with classes
 *   that do not count.
 */
export function exponentials(x: usize, caps: usize, j: i32, first: u32): i32 {
  const at = <usize>j << 2;
  let count = min(classes - j, BLOCK);
  let from = x + at;
  if (count < 4) {
    const missing = i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
    v128.store(scratch, v128.or(load4(from, count), v128.and(missing, f32x4.splat(-Infinity))), LAST);
    from = scratch + LAST;
  } else {
    count &= ~3;
  }
  const end = bytesOf(count);
  if (caps && draws) {
    bound(caps + at, end, first + j);
    reduce(from, scratch, ~0, end);
  } else {
    // One vector holds the cap of all classes.
    if (!caps) v128.store(scratch, f32x4.splat(CAP), ALL);
    reduce(from, caps ? caps + at : scratch + ALL, caps ? ~0 : 0, end);
  }
  expand(end);
  return count;
}

/** Bytes of the whole vectors that hold `count` classes, at least one vector. */
// @ts-ignore: decorator
@inline
export function bytesOf(count: i32): usize {
  return <usize>max(count, 4) << 2;
}

/** Where the values of `count` classes from `j` on are written, in whole vectors; 0 if `out` is not wanted. */
// @ts-ignore: decorator
@inline
export function placeOf(out: usize, j: i32, count: i32): usize {
  if (!out) return 0;
  return count < 4 ? scratch + LAST : out + (<usize>j << 2);
}

/** Copies the last classes of a row from there to `out`. */
// @ts-ignore: decorator
@inline
export function fetch(out: usize, j: i32, count: i32): void {
  if (out && count < 4) store4(out + (<usize>j << 2), v128.load(scratch + LAST), count);
}

// Writes the caps of the drawn classes, and CAP for the others.
function bound(caps: usize, end: usize, first: u32): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const drawn = drawn4(first + <u32>(at >> 2));
    v128.store(to + at, v128.bitselect(v128.load(caps + at), f32x4.splat(CAP), drawn));
    at += 16;
  } while (at < end);
}

/** Writes r and 2ᵏ of eˣ = 2ᵏ · eʳ, for x from LOWEST_32 to 89. */
// @ts-ignore: decorator
@inline
export function storeReduced(at: usize, x: v128): void {
  const exponent = exponent32(x);
  v128.store(at, remainder32(x, exponent));
  v128.store(at, powerOfTwo32(exponent), POWERS);
}

// Writes r and 2ᵏ of each class's capped logit. `caps` may lie where r is written. Engines keep constants in registers only in a loop
// that ends in its own last block, hence do … while.
function reduce(x: usize, caps: usize, mask: usize, end: usize): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const cap = v128.load(caps + (at & mask));
    const bounded = f32x4.pmax(f32x4.pmin(v128.load(x + at), cap), f32x4.splat(LOWEST_32));
    storeReduced(to + at, bounded);
    at += 16;
  } while (at < end);
}

// Replaces r with 2ᵏ · (eʳ − 1).
function expand(end: usize): void {
  let at = scratch;
  end += at;
  do {
    v128.store(at, f32x4.mul(expFraction32(v128.load(at)), v128.load(at, POWERS)));
    at += 16;
  } while (at < end);
}
