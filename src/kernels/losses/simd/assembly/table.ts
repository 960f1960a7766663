import {classes, scratch} from './call';
import {load4} from './elements';

// What a formula of rows depends on, as ../row_tables.ts lays it out: eight offsets of columns, 0 for those that are
// absent, six numbers in float64, and the columns. Those in float32 have whole vectors of four.
let table: usize = 0;
/** Memory for two rows in whole vectors. */
export let spare: usize = 0;

/** Where more parts of a block lie in the scratch memory, behind those of ./blocks.ts. */
export const THIRD: usize = 2080;
export const FOURTH: usize = THIRD + 1024;
const LAST: usize = 2048;
const BLOCK = 256;
const OFFSETS: i32 = 8;

export function open(table_: usize, spare_: usize): void {
  table = table_;
  spare = spare_;
}

/** Where a column begins; 0 if there is none. */
export function column(i: i32): usize {
  const offset = <usize>load<u32>(table + (<usize>i << 2));
  return offset ? table + offset : 0;
}

export function parameter(i: i32): f64 {
  return load<f64>(table + (OFFSETS << 2) + (<usize>i << 3));
}

export function at64(column: usize, j: i32): f64 {
  return load<f64>(column + (<usize>j << 3));
}

/** Bytes of a column in float32. */
// @ts-ignore: decorator
@inline
export function columnBytes(): usize {
  return <usize>((classes + 3) & ~3) << 2;
}

/** A finite logit below all that count: eˣ is 0. */
export const BELOW: f32 = -1e30;

/** Where the values of the block from class `j` on lie: those of the last one to three in memory of their own. */
export let from: usize = 0;

/**
 * Takes up to a block of a row's logits from class `j` on.
 *
 * @returns How many: a multiple of four, or the one to three last ones, filled up to four with BELOW.
 */
export function take(x: usize, j: i32): i32 {
  const count = min(classes - j, BLOCK);
  from = x + (<usize>j << 2);
  if (count >= 4) return count & ~3;
  const missing = i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  v128.store(scratch, v128.bitselect(f32x4.splat(BELOW), load4(from, count), missing), LAST);
  from = scratch + LAST;
  return count;
}
