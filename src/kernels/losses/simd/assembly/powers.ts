import {expFraction32, exponent32, LOWEST_32, powerOfTwo32, remainder32} from './math';

export const LN2: f32 = 0.6931471805599453;
/** The smallest normal number. */
const SMALLEST: f32 = 1.1754943508222875e-38;
const SQRT_HALF: u32 = 0x3f3504f3;

/** x^γ for x ≥ 0, as e^{γ log x}. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function anyPower4(x: v128, gamma: f32): v128 {
  const logs = f32x4.mul(log4(x), f32x4.splat(gamma));
  return exp4(f32x4.pmin(logs, f32x4.splat(88.5)));
}

/** eˣ for x up to 88.5; 0 below −88. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(LOWEST_32));
  const exponent = exponent32(bounded);
  const power = powerOfTwo32(exponent);
  return f32x4.add(power, f32x4.mul(expFraction32(remainder32(bounded, exponent)), power));
}

/** log x for x ≥ 0; 0 counts as the smallest normal number. */
// @ts-ignore: decorator
@inline
export function log4(values: v128): v128 {
  const x = f32x4.pmax(values, f32x4.splat(SMALLEST));
  const k = i32x4.shr_s(i32x4.sub(x, i32x4.splat(SQRT_HALF)), 23);
  return logOfParts(k, f32x4.sub(i32x4.sub(x, i32x4.shl(k, 23)), f32x4.splat(1)));
}

// k log 2 + log(1 + t), with 1 + t from √½ to √2, by a minimax polynomial (7e-8).
// @ts-ignore: decorator
@inline
function logOfParts(k: v128, t: v128): v128 {
  const square = f32x4.mul(t, t);
  const low = step(f32x4.splat(0.3333332994397706), t, -0.5);
  const middle = step(step(f32x4.splat(-0.16641581546164178), t, 0.20001200957685666), t, -0.2500030392219533);
  const high = step(step(f32x4.splat(0.12655694606161627), t, -0.1298927757664939), t, 0.14209946081967034);
  const cube = f32x4.mul(square, t);
  const top = f32x4.add(high, f32x4.mul(cube, f32x4.splat(-0.07974208915947926)));
  const upper = f32x4.add(middle, f32x4.mul(cube, top));
  const rest = f32x4.mul(square, f32x4.add(low, f32x4.mul(square, upper)));
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), f32x4.splat(LN2)), f32x4.add(t, rest));
}

// @ts-ignore: decorator
@inline
function step(q: v128, t: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(q, t), f32x4.splat(coefficient));
}

/** log(1 + e) for e in 0 … 1, by a minimax polynomial (3e-8 relative). */
// @ts-ignore: decorator
@inline
export function log1p4(e: v128): v128 {
  const square = f32x4.mul(e, e);
  const low = step(step(f32x4.splat(0.33319096754445965), e, -0.4999949313793248), e, 0.999999969879359);
  const middle = step(step(f32x4.splat(-0.13663242276386883), e, 0.1910600510652155), e, -0.24842981791003205);
  const high = step(step(f32x4.splat(0.005232687907072421), e, -0.0295052133039614), e, 0.07822591039873185);
  const cube = f32x4.mul(square, e);
  return f32x4.mul(e, f32x4.add(low, f32x4.mul(cube, f32x4.add(middle, f32x4.mul(cube, high)))));
}
