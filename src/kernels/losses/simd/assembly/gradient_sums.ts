import {classes, scale} from './call';
import {promoteHigh} from './elements';
import {spareRow} from './table';

// Rows are added up in float32 first, which saves most of the work in float64: sums of so few lose no more digits than
// their addends have lost.
const AT_ONCE: i32 = 8;
/** The third spare row. */
const WAITING = 2;

let negatives: usize = 0;
let rows: i32 = 0;

/** Starts sums with no rows waiting. */
export function beginSums(): void {
  rows = 0;
}

/** Adds what is above 0 of a row's gradient, that of its negatives, to the float64 sums `[classes]` at `to`. */
export function addNegatives(slopes: usize, to: usize): void {
  if (rows == AT_ONCE) endSums();
  const at = spareRow(WAITING);
  const end = <usize>classes << 2;
  const mask = i32x4.splat(rows ? -1 : 0);
  let j: usize = 0;
  for (; j + 16 <= end; j += 16) {
    const sizes = f32x4.pmax(v128.load(slopes + j), f32x4.splat(0));
    v128.store(at + j, f32x4.add(v128.and(v128.load(at + j), mask), sizes));
  }
  for (; j < end; j += 4) {
    const size = max(load<f32>(slopes + j), 0);
    store<f32>(at + j, rows ? load<f32>(at + j) + size : size);
  }
  negatives = to;
  ++rows;
}

/** Adds the rows that wait. */
export function endSums(): void {
  if (!rows) return;
  const inverse = f64x2.splat(1 / <f64>scale);
  const at = spareRow(WAITING);
  let j: i32 = 0;
  for (; j + 4 <= classes; j += 4) {
    const sizes = v128.load(at + (<usize>j << 2));
    const sum = negatives + (<usize>j << 3);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(f64x2.promote_low_f32x4(sizes), inverse)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.mul(promoteHigh(sizes), inverse)), 16);
  }
  for (; j < classes; ++j) addTo(negatives, j, <f64>load<f32>(at + (<usize>j << 2)) / <f64>scale);
  rows = 0;
}

/** Adds to one of the sums. */
export function addTo(sums: usize, j: i32, size: f64): void {
  const at = sums + (<usize>j << 3);
  store<f64>(at, load<f64>(at) + size);
}
