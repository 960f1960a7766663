/** x^γ for x in 0 … 1, without `Math.pow` for small integers γ. */
export function power(x: number, gamma: number): number {
  switch (gamma) {
    case 0:
      return 1;
    case 1:
      return x;
    case 2:
      return x * x;
    case 3:
      return x * x * x;
    case 4:
      return x * x * (x * x);
    default:
      return x ** gamma;
  }
}
