import {reject} from './errors';

/** Returns `value` if it is an integer from `min` to `max`. @throws ValueError otherwise. */
export function requireInteger(
  argument: string,
  value: unknown,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  const upTo = max < Number.MAX_SAFE_INTEGER ? ` and ≤ ${max}` : '';
  return reject(argument, `an integer ≥ ${min}${upTo}`, value);
}
