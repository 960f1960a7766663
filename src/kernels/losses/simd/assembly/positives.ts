import {expNegative64, log1p64} from './math';

/** The derivative that the last call of `positive` computed. */
export let slope: f64 = 0;

/** w (1 − p)^γ · −log p of one logit with p = σ(x), in float64; leaves its derivative in `slope`. */
export function positive(x: f64, gamma: f64, weight: f64): f64 {
  const e = f64x2.extract_lane(expNegative64(f64x2.splat(abs(x))), 0);
  const log = f64x2.extract_lane(log1p64(f64x2.splat(e)), 0);
  const near = 1 / (1 + e);
  const far = e * near;
  const p = x >= 0 ? near : far;
  const rest = x >= 0 ? far : near;
  const surprise = max(-x, 0) + log;
  const weighed = weight * powerOf(rest, gamma, max(x, 0) + log);
  slope = -weighed * (gamma * p * surprise + rest);
  return weighed * surprise;
}

// x^γ for x = e^−a.
function powerOf(x: f64, gamma: f64, a: f64): f64 {
  if (gamma == 0) return 1;
  if (gamma == 1) return x;
  if (gamma == 2) return x * x;
  return f64x2.extract_lane(expNegative64(f64x2.splat(gamma * a)), 0);
}
