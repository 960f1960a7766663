/**
 * The probability that counts of independent draws are further from `probabilities` than these: Pearson's test. Outcomes of
 * probability 0 must not occur.
 */
export function chiSquareP(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let outcomes = 0;
  for (let j = 0; j < counts.length; ++j) {
    if (probabilities[j] === 0) {
      if (counts[j] > 0) return 0;
      continue;
    }
    ++outcomes;
    statistic += (counts[j] - total * probabilities[j]) ** 2 / (total * probabilities[j]);
  }
  return chiSquareTail(statistic, outcomes - 1);
}

/** P(X > x) of a χ² distribution: the regularized upper incomplete gamma function Q(k/2, x/2), by its series. */
export function chiSquareTail(x: number, degrees: number): number {
  const [a, z] = [degrees / 2, x / 2];
  if (z === 0) return 1;
  let term = Math.exp(a * Math.log(z) - z - logGamma(a + 1));
  let sum = 0;
  for (let n = 1; term > 1e-17 || n < z; ++n) {
    sum += term;
    term *= z / (a + n);
  }
  return Math.max(0, 1 - sum);
}

/** ln Γ(x) for multiples of ½. */
function logGamma(x: number): number {
  let result = x % 1 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = x - 1; k > 0; --k) result += Math.log(k);
  return result;
}

/** How often each of 0 … n − 1 is among the values. */
export function countsOf(values: Iterable<number>, n: number): number[] {
  const counts = new Array<number>(n).fill(0);
  for (const value of values) ++counts[value];
  return counts;
}
