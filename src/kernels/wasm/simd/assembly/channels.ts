/** (x − mean) · factor + offset for x `[rows, channels]`; the others are `[channels]`. */
export function normalize(
  x: usize, mean: usize, factor: usize, offset: usize, rows: i32, channels: i32, out: usize,
): void {
  const row = <usize>channels << 2;
  const whole = <usize>(channels & ~3) << 2;
  for (let i = 0; i < rows; ++i, x += row, out += row) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const centered = f32x4.sub(v128.load(x + at), v128.load(mean + at));
      v128.store(out + at, f32x4.add(f32x4.mul(centered, v128.load(factor + at)), v128.load(offset + at)));
    }
    for (; at < row; at += 4) {
      const centered = load<f32>(x + at) - load<f32>(mean + at);
      store<f32>(out + at, centered * load<f32>(factor + at) + load<f32>(offset + at));
    }
  }
}

/** Σ dy and Σ dy · (x − mean) of each channel over the rows, in float64. */
export function batchNormSums(
  dy: usize, x: usize, mean: usize, sum: usize, centered: usize, rows: i32, channels: i32,
): void {
  const row = <usize>channels << 2;
  let c: usize = 0;
  // Two channels make a vector of float64.
  for (; c + 8 <= row; c += 8) {
    const center = f64x2.promote_low_f32x4(v128.load64_zero(mean + c));
    let all = f64x2.splat(0);
    let products = all;
    let at = c;
    for (let i = 0; i < rows; ++i, at += row) {
      const upstream = f64x2.promote_low_f32x4(v128.load64_zero(dy + at));
      const value = f64x2.promote_low_f32x4(v128.load64_zero(x + at));
      all = f64x2.add(all, upstream);
      products = f64x2.add(products, f64x2.mul(upstream, f64x2.sub(value, center)));
    }
    v128.store64_lane(sum + c, f32x4.demote_f64x2_zero(all), 0);
    v128.store64_lane(centered + c, f32x4.demote_f64x2_zero(products), 0);
  }
  for (; c < row; c += 4) {
    const center = <f64>load<f32>(mean + c);
    let all: f64 = 0;
    let products: f64 = 0;
    let at = c;
    for (let i = 0; i < rows; ++i, at += row) {
      const upstream = <f64>load<f32>(dy + at);
      all += upstream;
      products += upstream * (<f64>load<f32>(x + at) - center);
    }
    store<f32>(sum + c, <f32>all);
    store<f32>(centered + c, <f32>products);
  }
}
