import {requireArray} from '../core/require_array';
import {requireNumberOrNaN} from '../core/require_number_or_nan';
import {studentQuantile} from './student';

/** A mean over runs. */
export interface Estimate {
  /** The mean. */
  mean: number;
  /** Standard deviation of the runs (divisor n − 1); undefined for a single run. */
  sd?: number;
  /** 95 % confidence interval of the mean by Student's t; undefined for a single run. */
  interval?: readonly [low: number, high: number];
}

/** Estimates the mean of at least one run. @throws ValueError for no runs, and for values that are not numbers. */
export function estimate(runs: readonly number[]): Estimate {
  for (const [i, run] of requireArray('runs', runs, 1).entries()) requireNumberOrNaN(`runs[${i}]`, run);
  const n = runs.length;
  const mean = runs.reduce((sum, x) => sum + x, 0) / n;
  if (n === 1) return {mean};
  const sd = Math.sqrt(runs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1));
  const half = (studentQuantile(n - 1) * sd) / Math.sqrt(n);
  return {mean, sd, interval: [mean - half, mean + half]};
}
