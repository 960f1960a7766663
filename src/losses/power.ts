/** x^γ for x in 0 … 1, without `Math.pow` for the usual γ. */
export function power(x: number, gamma: number): number {
  if (gamma === 2) return x * x;
  if (gamma === 1) return x;
  return gamma === 0 ? 1 : x ** gamma;
}
