// Table steps per factor of 2.
const STEPS = 2048;
const PER_UNIT = STEPS / Math.LN2;
const STEP = Math.LN2 / STEPS;
// From here on e^-x is 0 in float64.
const LARGEST = 745;

// Filled at the first use: they would take a tenth of the time of an import.
let fractions: Float64Array | undefined;
let powers: Float64Array;
let logs: Float64Array;

function tabulate(): Float64Array {
  powers = Float64Array.from({length: 1100}, (_, k) => 2 ** -k);
  logs = Float64Array.from({length: STEPS + 1}, (_, i) => Math.log(1 + (i + 0.5) / STEPS));
  return Float64Array.from({length: STEPS}, (_, i) => Math.exp(-i * STEP));
}

/**
 * e^−x for x ≥ 0, to 1e-13 relative, several times as fast as `Math.exp`: a table of 2^(−i/2048) times a short series.
 * NaN stays NaN.
 */
export function expOfNegative(x: number): number {
  if (!(x < LARGEST)) return x >= LARGEST ? 0 : Number.NaN;
  fractions ??= tabulate();
  const n = (x * PER_UNIT) | 0;
  const rest = n * STEP - x;
  return powers[n >> 11] * fractions[n & 2047] * (1 + rest * (1 + rest * (0.5 + rest / 6)));
}

/** log(1 + e) for e in 0 … 1, to 1e-11 relative. NaN stays NaN. */
export function logOnePlus(e: number): number {
  if (e < 1e-4) return e * (1 - e * (0.5 - e / 3));
  fractions ??= tabulate();
  const i = (e * STEPS) | 0;
  const middle = 1 + (i + 0.5) / STEPS;
  const rest = (1 + e - middle) / middle;
  return logs[i] + rest * (1 - rest * (0.5 - rest / 3));
}
