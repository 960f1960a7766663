// Central differences of sixth order.
const FACTORS = [45 / 60, -9 / 60, 1 / 60];
const STEP = 1e-2;

/** The gradient of a smooth function in float64, to about 1e-11. */
export function numericalGradient(f: (z: number[]) => number, z: readonly number[]): number[] {
  return z.map((_, k) =>
    FACTORS.reduce((sum, factor, i) => {
      const at = (step: number) => f(z.map((x, j) => (j === k ? x + step : x)));
      const step = (i + 1) * STEP;
      return sum + (factor * (at(step) - at(-step))) / STEP;
    }, 0),
  );
}
