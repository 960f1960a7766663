/**
 * Float functions in GLSL ES 3.00 where the language leaves results open. NaN is recognized by its bits, as compilers
 * may optimize comparisons with NaN away; logarithms near 1 keep their digits.
 */
export const glslMath = `
  bool notANumber(float x) {
    return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u;
  }

  bool isPositiveInfinity(float x) {
    return floatBitsToUint(x) == 0x7f800000u;
  }

  // log(1 + x) = 2 artanh(x / (2 + x)) for x in −1/2 … 1, by the series: the first term left out is below 2e-8.
  float log1p(float x) {
    float s = x / (2.0 + x);
    float q = s * s;
    return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0
      + q * (1.0 / 11.0 + q * (1.0 / 13.0)))))));
  }

  // e^−|x|; 0 where float32 ends, infinity included.
  float expNegAbs(float x) {
    return exp(-min(abs(x), 104.0));
  }

  // e^x for x ≤ 0.
  float expNegative(float x) {
    return exp(max(x, -104.0));
  }

  // log(x) for x > 0.
  float preciseLog(float x) {
    return x > 0.5 && x < 2.0 ? log1p(x - 1.0) : log(x);
  }

  // x^exponent for x in 0 … 1, which the language leaves open at 0.
  float power(float x, float exponent) {
    if (exponent == 0.0) return 1.0;
    return x > 0.0 ? exp(max(exponent * preciseLog(x), -104.0)) : 0.0;
  }
`;
