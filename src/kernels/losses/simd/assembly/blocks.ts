import {classes, draws, scratch} from './call';
import {load4, store4} from './elements';
import {exponent32, expFraction32, LOWEST_32, powerOfTwo32, remainder32} from './math';
import {CAP, drawn4} from './suppression';

/** The classes of a block. */
const BLOCK = 256;
// Where the parts of a block lie in the scratch memory; the first is at its start.
export const POWERS: usize = 4 * BLOCK;
// Room for a vector that reaches beyond its row, and for the cap of classes that all count.
const LAST: usize = 8 * BLOCK;
const ALL: usize = LAST + 16;

/**
 * eˣ of up to a block of classes from `j` on, as 2ᵏ · (eʳ − 1) and 2ᵏ, in the scratch memory: 0 of classes that do not
 * count, and not finite from CAP on. A CPU has too few operations in view to work on enough chains of this length at once:
 * that is why each block goes through short loops.
 *
 * @param caps 0 where all classes count.
 * @returns How many classes there are: a multiple of four, or the one to three last ones of a row, filled up to four with
 *     such as do not count.
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
    // One vector stands for the caps of all classes.
    if (!caps) v128.store(scratch, f32x4.splat(CAP), ALL);
    reduce(from, caps ? caps + at : scratch + ALL, caps ? ~0 : 0, end);
  }
  expand(end);
  return count;
}

/** Bytes of the whole vectors that hold `count` classes, of which there is one at least. */
// @ts-ignore: decorator
@inline
export function bytesOf(count: i32): usize {
  return <usize>max(count, 4) << 2;
}

/** Where the values of `count` classes from `j` on go to, in whole vectors; 0 where nothing is wanted in `out`. */
// @ts-ignore: decorator
@inline
export function placeOf(out: usize, j: i32, count: i32): usize {
  if (!out) return 0;
  return count < 4 ? scratch + LAST : out + (<usize>j << 2);
}

/** Brings the last classes of a row from there. */
// @ts-ignore: decorator
@inline
export function fetch(out: usize, j: i32, count: i32): void {
  if (out && count < 4) store4(out + (<usize>j << 2), v128.load(scratch + LAST), count);
}

// Leaves the caps of classes that are drawn, and CAP of the others.
function bound(caps: usize, end: usize, first: u32): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const drawn = drawn4(first + <u32>(at >> 2));
    v128.store(to + at, v128.bitselect(v128.load(caps + at), f32x4.splat(CAP), drawn));
    at += 16;
  } while (at < end);
}

// eˣ = 2ᵏ · eʳ: leaves r and 2ᵏ. `caps` may lie where r goes to. Engines keep constants in registers only in a loop that
// ends in its own last block: hence do … while.
function reduce(x: usize, caps: usize, mask: usize, end: usize): void {
  const to = scratch;
  let at: usize = 0;
  do {
    const cap = v128.load(caps + (at & mask));
    const bounded = f32x4.pmax(f32x4.pmin(v128.load(x + at), cap), f32x4.splat(LOWEST_32));
    const exponent = exponent32(bounded);
    v128.store(to + at, remainder32(bounded, exponent));
    v128.store(to + at, powerOfTwo32(exponent), POWERS);
    at += 16;
  } while (at < end);
}

// Puts 2ᵏ · (eʳ − 1) in the place of r.
function expand(end: usize): void {
  let at = scratch;
  end += at;
  do {
    v128.store(at, f32x4.mul(expFraction32(v128.load(at)), v128.load(at, POWERS)));
    at += 16;
  } while (at < end);
}
