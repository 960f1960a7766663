import quantile from '@stdlib/stats-base-dists-t-quantile';

/** Mean, and standard deviation of the sample (n − 1); the latter is NaN for a single value. */
export function meanAndSd(values: readonly number[]): {mean: number; sd: number} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {mean, sd: Math.sqrt(squares / (values.length - 1))};
}

/** Half the width of the 95 % confidence interval of the mean (Student's t); NaN for a single value. */
export function confidence(values: readonly number[]): number {
  const n = values.length;
  return n < 2 ? Number.NaN : (quantile(0.975, n - 1) * meanAndSd(values).sd) / Math.sqrt(n);
}
