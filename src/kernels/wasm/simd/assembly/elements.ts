/** The gradient of relu, and of relu6 with a `cap` of 6: dy where 0 < x < cap, 0 elsewhere. */
export function reluGradient(dy: usize, x: usize, out: usize, count: i32, cap: f32): void {
  const one = f32x4.splat(1);
  let at: usize = 0;
  for (let i = count >> 2; i > 0; --i, at += 16) {
    const value = v128.load(x + at);
    const passes = v128.and(f32x4.gt(value, f32x4.splat(0)), f32x4.le(value, f32x4.splat(cap)));
    v128.store(out + at, f32x4.mul(v128.load(dy + at), v128.and(passes, one)));
  }
  for (const end = <usize>count << 2; at < end; at += 4) {
    const value = load<f32>(x + at);
    store<f32>(out + at, load<f32>(dy + at) * (value > 0 && value <= cap ? <f32>1 : <f32>0));
  }
}

/** Adds `bias` `[columns]` to every row of x, `[rows, columns]`. */
export function addToRows(x: usize, bias: usize, rows: i32, columns: i32, out: usize): void {
  const row = <usize>columns << 2;
  const whole = <usize>(columns & ~3) << 2;
  for (let i = 0; i < rows; ++i, x += row, out += row) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(out + at, f32x4.add(v128.load(x + at), v128.load(bias + at)));
    for (; at < row; at += 4) store<f32>(out + at, load<f32>(x + at) + load<f32>(bias + at));
  }
}

/** The sum of each column of x, `[rows, columns]`, in float64, divided by `divisor`. */
export function columnSums(x: usize, rows: i32, columns: i32, out: usize, divisor: f64): void {
  const step = <usize>columns << 2;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = x + (<usize>j << 2);
    for (let i = 0; i < rows; ++i, at += step) {
      const values = v128.load(at);
      low = f64x2.add(low, f64x2.promote_low_f32x4(values));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(values, values, 2, 3, 2, 3)));
    }
    low = f64x2.div(low, f64x2.splat(divisor));
    high = f64x2.div(high, f64x2.splat(divisor));
    v128.store(
      out + (<usize>j << 2),
      v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5),
    );
  }
  for (; j < columns; ++j) {
    let sum: f64 = 0;
    let at = x + (<usize>j << 2);
    for (let i = 0; i < rows; ++i, at += step) sum += <f64>load<f32>(at);
    store<f32>(out + (<usize>j << 2), <f32>(sum / divisor));
  }
}

/** The gradient of clipping: dy where low ≤ x ≤ high, 0 elsewhere. */
export function clipGradient(dy: usize, x: usize, out: usize, count: i32, low: f32, high: f32): void {
  let at: usize = 0;
  for (let i = count >> 2; i > 0; --i, at += 16) {
    const value = v128.load(x + at);
    const passes = v128.and(f32x4.ge(value, f32x4.splat(low)), f32x4.le(value, f32x4.splat(high)));
    v128.store(out + at, v128.and(v128.load(dy + at), passes));
  }
  for (const end = <usize>count << 2; at < end; at += 4) {
    const value = load<f32>(x + at);
    store<f32>(out + at, value >= low && value <= high ? load<f32>(dy + at) : <f32>0);
  }
}
