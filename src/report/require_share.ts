import {reject} from '../core/errors';
import {isShare} from '../labels/label_values';

/** `value`, if it is in 0 … 1, but for rounding. @throws ValueError naming the argument otherwise. */
export function requireShare(argument: string, value: unknown): number {
  return typeof value === 'number' && isShare(value) ? value : reject(argument, 'a number in 0 … 1', value);
}

/** The same, or NaN, which stands for what cannot be said. */
export function requireShareOrNaN(argument: string, value: unknown): number {
  return Number.isNaN(value) ? Number.NaN : requireShare(argument, value);
}
