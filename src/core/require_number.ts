import {reject} from './errors';

/**
 * Returns `value` if it is a finite number from `min` to `max`. As `min`, `Number.MIN_VALUE` means any number above 0.
 *
 * @throws ValueError naming the argument otherwise.
 */
export function requireNumber(
  argument: string,
  value: unknown,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): number {
  if (Number.isFinite(value) && (value as number) >= min && (value as number) <= max) return value as number;
  if (min === Number.NEGATIVE_INFINITY) return reject(argument, 'a finite number', value);
  if (min === Number.MIN_VALUE) return reject(argument, 'a finite number > 0', value);
  const range = max === Number.POSITIVE_INFINITY ? `a finite number ≥ ${min}` : `a number in ${min} … ${max}`;
  return reject(argument, range, value);
}
