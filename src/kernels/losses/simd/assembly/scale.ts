/** Multiplies `count` float32 values by a factor. */
export function multiply(values: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = values + (<usize>count << 2);
  for (; values + 16 <= end; values += 16) v128.store(values, f32x4.mul(v128.load(values), factors));
  for (; values < end; values += 4) store<f32>(values, load<f32>(values) * factor);
}

/** Multiplies each row of `values`, `[rows, classes]` in float32, by its factor in `factors`, `[rows]`. */
export function scale(values: usize, factors: usize, rows: i32, classes: i32): void {
  for (let r = 0; r < rows; ++r) {
    multiply(values, classes, load<f32>(factors + (<usize>r << 2)));
    values += <usize>classes << 2;
  }
}
