/** What all rows of outputs share. */
export interface Row {
  /** The input, padded, with as many channels as dy. */
  x: Float32Array;
  dy: Float32Array;
  /** Σ x · dy for every filter tap and channel. */
  sums: Float64Array;
  /** Outputs in a row. */
  outputs: number;
  channels: number;
  /** The distance in x between the inputs of one output and those of the next. */
  step: number;
}

/**
 * Adds a row of outputs to one filter tap's sums, from channel `c` on. x, dy and the sums start at `xAt`, `dyAt` and
 * `sumAt`. Takes four channels at a time, whose sums stay in registers.
 */
export function addTap(row: Row, xAt: number, dyAt: number, sumAt: number, c: number): void {
  const {x, dy, sums, outputs, channels, step} = row;
  for (; c + 4 <= channels; c += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0, i = xAt + c, j = dyAt + c; k < outputs; k++, i += step, j += channels) {
      s0 += x[i] * dy[j];
      s1 += x[i + 1] * dy[j + 1];
      s2 += x[i + 2] * dy[j + 2];
      s3 += x[i + 3] * dy[j + 3];
    }
    sums[sumAt + c] += s0;
    sums[sumAt + c + 1] += s1;
    sums[sumAt + c + 2] += s2;
    sums[sumAt + c + 3] += s3;
  }
  for (; c < channels; c++) {
    let sum = 0;
    for (let k = 0, i = xAt + c, j = dyAt + c; k < outputs; k++, i += step, j += channels)
      sum += x[i] * dy[j];
    sums[sumAt + c] += sum;
  }
}

/** The same for three adjacent taps at stride 1: a tap's input is that of the tap before it one output later. */
export function addThreeTaps(row: Row, xAt: number, dyAt: number, sumAt: number): void {
  const {x, dy, sums, outputs, channels} = row;
  let c = 0;
  for (; c + 2 <= channels; c += 2) {
    let a0 = 0;
    let a1 = 0;
    let b0 = 0;
    let b1 = 0;
    let c0 = 0;
    let c1 = 0;
    let i = xAt + c;
    let left0 = x[i];
    let left1 = x[i + 1];
    let mid0 = x[i + channels];
    let mid1 = x[i + channels + 1];
    i += 2 * channels;
    for (let k = 0, j = dyAt + c; k < outputs; k++, i += channels, j += channels) {
      const dy0 = dy[j];
      const dy1 = dy[j + 1];
      const right0 = x[i];
      const right1 = x[i + 1];
      a0 += left0 * dy0;
      a1 += left1 * dy1;
      b0 += mid0 * dy0;
      b1 += mid1 * dy1;
      c0 += right0 * dy0;
      c1 += right1 * dy1;
      left0 = mid0;
      left1 = mid1;
      mid0 = right0;
      mid1 = right1;
    }
    const at = sumAt + c;
    sums[at] += a0;
    sums[at + 1] += a1;
    sums[at + channels] += b0;
    sums[at + channels + 1] += b1;
    sums[at + 2 * channels] += c0;
    sums[at + 2 * channels + 1] += c1;
  }
  if (c === channels) return;
  for (let tap = 0; tap < 3; tap++) addTap(row, xAt + tap * channels, dyAt, sumAt + tap * channels, c);
}
