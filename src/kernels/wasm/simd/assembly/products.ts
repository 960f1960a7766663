import {ADD, BIAS, tile} from './tiles';

/** As much of the inner dimension at a time as keeps a panel of B in the first-level cache. */
const DEPTH: i32 = 256;
/** Rows of A at a time that stay in the second-level cache. */
const ROWS: i32 = 64;

/** Packs B, `[depth, columns]` with strides in bytes, into panels of eight columns; the last is padded with zeros. */
export function panels(b: usize, step: usize, columnStep: usize, depth: i32, columns: i32, out: usize): void {
  for (let j = 0; j < columns; j += 8) {
    const from = b + <usize>j * columnStep;
    const count = min(columns - j, 8);
    if (count == 8 && columnStep == 4) copyPanel(from, step, depth, out);
    else if (count == 8 && step == 4) turnPanel(from, columnStep, depth, out);
    else partOfPanel(from, step, columnStep, depth, count, out);
    out += <usize>depth << 5;
  }
}

function copyPanel(from: usize, step: usize, depth: i32, out: usize): void {
  for (let k = 0; k < depth; ++k) {
    v128.store(out, v128.load(from));
    v128.store(out, v128.load(from, 16), 16);
    from += step;
    out += 32;
  }
}

function partOfPanel(from: usize, step: usize, columnStep: usize, depth: i32, count: i32, out: usize): void {
  for (let k = 0; k < depth; ++k) {
    v128.store(out, f32x4.splat(0));
    v128.store(out, f32x4.splat(0), 16);
    for (let j = 0; j < count; ++j) store<f32>(out + (<usize>j << 2), load<f32>(from + <usize>j * columnStep));
    from += step;
    out += 32;
  }
}

// Packs eight columns, each contiguous, four numbers of four columns at a time.
function turnPanel(from: usize, columnStep: usize, depth: i32, out: usize): void {
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    turn(from, columnStep, out, 32);
    turn(from + 4 * columnStep, columnStep, out + 16, 32);
    from += 16;
    out += 128;
  }
  partOfPanel(from, 4, columnStep, depth - k, 8, out);
}

/** Transposes 4 × 4 numbers. */
@inline
function turn(from: usize, fromStep: usize, out: usize, outStep: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStep);
  const c = v128.load(from + 2 * fromStep);
  const d = v128.load(from + 3 * fromStep);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(out + outStep, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(out + 2 * outStep, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(out + 3 * outStep, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}

/**
 * C = A · B for A `[rows, depth]` with strides in bytes, one of which is 4, and B in panels. `mode` says what else
 * happens to C. `scratch` holds DEPTH · ROWS numbers.
 */
export function multiply(
  a: usize, rowStep: usize, step: usize, rows: i32, depth: i32, b: usize, columns: i32,
  c: usize, mode: i32, bias: usize, scratch: usize,
): void {
  const cRow = <usize>columns << 2;
  for (let k = 0; k < depth; k += DEPTH) {
    const deep = min(depth - k, DEPTH);
    const last = k + DEPTH >= depth;
    const how = (k > 0 ? ADD : mode & ADD) | (last ? mode & BIAS : 0);
    for (let block = 0; block < rows; block += ROWS) {
      const count = min(rows - block, ROWS);
      const from = a + <usize>block * rowStep + <usize>k * step;
      if (step == 4) packRows(from, rowStep, deep, count, scratch);
      else packColumns(from, step, deep, count, scratch);
      for (let j = 0; j < columns; j += 8) {
        const panel = b + ((<usize>j * <usize>depth + (<usize>k << 3)) << 2);
        const at = <usize>j << 2;
        for (let i = 0; i < count; i += 4) {
          tile(
            scratch + ((<usize>i * <usize>deep) << 2), 16, min(count - i, 4), deep, panel, 32,
            c + <usize>(block + i) * cRow + at, cRow, columns - j, how, bias + at,
          );
        }
      }
    }
  }
}

// Packs four rows of A at a time, with the four numbers of each k adjacent; the last tile is padded with arbitrary
// values.
function packRows(a: usize, rowStep: usize, depth: i32, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 4) {
    let from = a;
    let k = depth;
    if (count - i >= 4) {
      for (; k >= 4; k -= 4) {
        turn(from, rowStep, out, 16);
        from += 16;
        out += 64;
      }
    }
    const lanes = min(count - i, 4);
    for (; k > 0; --k) {
      for (let lane = 0; lane < lanes; ++lane) {
        store<f32>(out + (<usize>lane << 2), load<f32>(from + <usize>lane * rowStep));
      }
      from += 4;
      out += 16;
    }
    a += 4 * rowStep;
  }
}

// The same if A's columns are contiguous.
function packColumns(a: usize, step: usize, depth: i32, count: i32, out: usize): void {
  const tileBytes = <usize>depth << 4;
  for (let k = 0; k < depth; ++k) {
    let to = out + (<usize>k << 4);
    let i = 0;
    for (; i + 4 <= count; i += 4) {
      v128.store(to, v128.load(a + (<usize>i << 2)));
      to += tileBytes;
    }
    for (let lane: usize = 0; i < count; ++i, lane += 4) store<f32>(to + lane, load<f32>(a + (<usize>i << 2)));
    a += step;
  }
}
