import {classes, scratch} from './call';
import {load4} from './elements';

// Parameters of a row formula, as ../row_table.ts writes them: eight column offsets, 0 for absent columns, six
// numbers in float64, and the columns. Columns in float32 are padded to whole vectors of four.
let table: usize = 0;
/** Memory for three rows, each in whole vectors and one more. */
export let spare: usize = 0;

/** Offsets of further parts of a block in the scratch buffer, after those of ./blocks.ts. */
export const THIRD: usize = 2080;
export const FOURTH: usize = THIRD + 1024;
export const FIFTH: usize = FOURTH + 1088;
const LAST: usize = 2048;
const BLOCK = 256;
const OFFSETS: i32 = 8;

export function open(table_: usize, spare_: usize): void {
  table = table_;
  spare = spare_;
}

export function spareRow(i: i32): usize {
  return spare + <usize>i * (columnBytes() + 16);
}

/** The start of a column; 0 if there is none. */
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

/** A finite logit below all that count: its eˣ is 0. */
export const BELOW: f32 = -1e30;

/** Address of the values of the block from class `j` on; a row's last one to three are copied to separate memory. */
export let from: usize = 0;

/**
 * Selects up to a block of a row's logits, from class `j` on.
 *
 * @returns Their number: a multiple of four, or the last one to three, padded to four with BELOW.
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
