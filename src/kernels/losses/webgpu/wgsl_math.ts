/**
 * Float functions in WGSL where the language leaves results open. NaN is recognized by its bits (tfjs's `isnan`), as
 * compilers may optimize comparisons with NaN away; logarithms near 1 keep their digits.
 */
export const wgslMath = `
  fn isPositiveInfinity(x : f32) -> bool {
    return bitcast<u32>(x) == 0x7f800000u;
  }

  // log(1 + x) = 2 artanh(x / (2 + x)) for x in −1/2 … 1, by the series: the first term left out is below 2e-8.
  fn log1p(x : f32) -> f32 {
    let s = x / (2.0 + x);
    let q = s * s;
    return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0
      + q * (1.0 / 11.0 + q * (1.0 / 13.0)))))));
  }

  // e^−|x|; 0 where float32 ends, infinity included.
  fn expNegAbs(x : f32) -> f32 {
    return exp(-min(abs(x), 104.0));
  }

  // e^x for x ≤ 0.
  fn expNegative(x : f32) -> f32 {
    return exp(max(x, -104.0));
  }

  // log(x) for x > 0.
  fn preciseLog(x : f32) -> f32 {
    if (x > 0.5 && x < 2.0) { return log1p(x - 1.0); }
    return log(x);
  }

  // x^exponent for x in 0 … 1, which the language leaves open at 0.
  fn power(x : f32, exponent : f32) -> f32 {
    if (exponent == 0.0) { return 1.0; }
    if (x > 0.0) { return exp(max(exponent * preciseLog(x), -104.0)); }
    return 0.0;
  }
`;
