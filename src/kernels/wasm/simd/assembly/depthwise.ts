/**
 * Computes the gradient of a depthwise convolution with respect to its filter: Σ x · dy per tap and channel, in
 * float64.
 *
 * @param x The padded input, `[batch, height, width, channels]`.
 * @param dy `[batch, outHeight, outWidth, channels]`.
 * @param sums Memory of `[filterHeight, filterWidth, channels]` in float64.
 * @param dw The same in float32.
 */
export function depthwiseFilterGradient(
  x: usize, dy: usize, sums: usize, dw: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, outWidth: i32, filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  const row = <usize>channels << 2;
  const count = filterHeight * filterWidth * channels;
  memory.fill(sums, 0, <usize>count << 3);
  for (let n = 0; n < batch; ++n) {
    for (let oy = 0; oy < outHeight; ++oy, dy += <usize>outWidth * row) {
      let sum = sums;
      for (let ky = 0; ky < filterHeight; ++ky) {
        let at = x + <usize>((n * height + oy * strideHeight + ky) * width) * row;
        for (let kx = 0; kx < filterWidth; ) {
          const taps = strideWidth == 1 && kx + 3 <= filterWidth ? 3 : 1;
          if (taps == 3) addThreeTaps(at, dy, sum, outWidth, row);
          else addTap(at, dy, sum, outWidth, row, <usize>strideWidth * row, 0);
          kx += taps;
          at += <usize>taps * row;
          sum += <usize>taps * (row << 1);
        }
      }
    }
  }
  for (let i = 0; i < count; ++i) store<f32>(dw + (<usize>i << 2), <f32>load<f64>(sums + (<usize>i << 3)));
}

// Adds a row of outputs to one tap's sums, from byte `c` of the channels on. The first output's input is at x, and the
// next one's `step` bytes later.
function addTap(x: usize, dy: usize, sums: usize, outputs: i32, row: usize, step: usize, c: usize): void {
  for (; c + 8 <= row; c += 8) {
    let sum = f64x2.splat(0);
    let at = x + c;
    let dyAt = dy + c;
    for (let k = outputs; k > 0; --k, at += step, dyAt += row) sum = f64x2.add(sum, f64x2.mul(two(at), two(dyAt)));
    addTo(sums + (c << 1), sum);
  }
  if (c == row) return;
  let sum: f64 = 0;
  let at = x + c;
  let dyAt = dy + c;
  for (let k = outputs; k > 0; --k, at += step, dyAt += row) sum += <f64>load<f32>(at) * <f64>load<f32>(dyAt);
  store<f64>(sums + (c << 1), load<f64>(sums + (c << 1)) + sum);
}

// The same for three adjacent taps at stride 1: a tap's input is that of the tap before it one output later.
function addThreeTaps(x: usize, dy: usize, sums: usize, outputs: i32, row: usize): void {
  let c: usize = 0;
  for (; c + 8 <= row; c += 8) {
    let first = f64x2.splat(0);
    let second = first;
    let third = first;
    let at = x + c;
    let left = two(at);
    let middle = two(at + row);
    at += row << 1;
    let dyAt = dy + c;
    for (let k = outputs; k > 0; --k, at += row, dyAt += row) {
      const upstream = two(dyAt);
      const right = two(at);
      first = f64x2.add(first, f64x2.mul(left, upstream));
      second = f64x2.add(second, f64x2.mul(middle, upstream));
      third = f64x2.add(third, f64x2.mul(right, upstream));
      left = middle;
      middle = right;
    }
    const to = sums + (c << 1);
    addTo(to, first);
    addTo(to + (row << 1), second);
    addTo(to + (row << 2), third);
  }
  for (let tap = 0; tap < 3; ++tap, x += row, sums += row << 1) addTap(x, dy, sums, outputs, row, row, c);
}

// Loads two channels, which make a vector of float64.
// @ts-ignore: decorator
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function addTo(sums: usize, added: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), added));
}
