// Products of a tile: C[4, 8] = A[4, K] · B[K, 8], whose 32 sums stay in registers. Multiplies and adds separately
// instead of fused, so that the numbers are the same on every machine.

/** What happens to a tile's sums: bits of `mode`. */
export const ADD: i32 = 1;
export const BIAS: i32 = 2;

/** Writes eight sums of a row, or only `columns` if there are fewer. */
@inline
function writeRow(low: v128, high: v128, c: usize, columns: i32, mode: i32, bias: usize): void {
  if (columns >= 8) {
    if (mode & ADD) {
      low = f32x4.add(low, v128.load(c));
      high = f32x4.add(high, v128.load(c, 16));
    }
    if (mode & BIAS) {
      low = f32x4.add(low, v128.load(bias));
      high = f32x4.add(high, v128.load(bias, 16));
    }
    v128.store(c, low);
    v128.store(c, high, 16);
  } else {
    writePart(low, high, c, columns, mode, bias);
  }
}

function writePart(low: v128, high: v128, c: usize, columns: i32, mode: i32, bias: usize): void {
  for (let j = 0; j < columns; ++j) {
    const lane = j & 3;
    const v = j < 4 ? low : high;
    let sum = lane == 0 ? f32x4.extract_lane(v, 0) : lane == 1 ? f32x4.extract_lane(v, 1) : lane == 2 ? f32x4.extract_lane(v, 2) : f32x4.extract_lane(v, 3);
    const at = <usize>j << 2;
    if (mode & ADD) sum += load<f32>(c + at);
    if (mode & BIAS) sum += load<f32>(bias + at);
    store<f32>(c + at, sum);
  }
}

/** Multiplies columns of A by rows of B; the four and eight numbers of each k lie `aStep` and `bStep` bytes apart. */
export function tile(
  a: usize, aStep: usize, rows: i32, depth: i32, b: usize, bStep: usize,
  c: usize, cRow: usize, columns: i32, mode: i32, bias: usize,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  for (let k = 0; k < depth; ++k) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    s0 = f32x4.add(s0, f32x4.mul(x, low));
    t0 = f32x4.add(t0, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a, 4);
    s1 = f32x4.add(s1, f32x4.mul(x, low));
    t1 = f32x4.add(t1, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a, 8);
    s2 = f32x4.add(s2, f32x4.mul(x, low));
    t2 = f32x4.add(t2, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a, 12);
    s3 = f32x4.add(s3, f32x4.mul(x, low));
    t3 = f32x4.add(t3, f32x4.mul(x, high));
    a += aStep;
    b += bStep;
  }
  writeRow(s0, t0, c, columns, mode, bias);
  if (rows > 1) writeRow(s1, t1, c + cRow, columns, mode, bias);
  if (rows > 2) writeRow(s2, t2, c + 2 * cRow, columns, mode, bias);
  if (rows > 3) writeRow(s3, t3, c + 3 * cRow, columns, mode, bias);
}
