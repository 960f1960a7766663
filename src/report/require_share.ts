import {reject} from '../core/errors';
import {isShare} from '../labels/label_values';

/** Returns `value` if it is in 0 … 1, up to rounding. @throws ValueError naming the argument otherwise. */
export function requireShare(argument: string, value: unknown): number {
  return typeof value === 'number' && isShare(value) ? value : reject(argument, 'a number in 0 … 1', value);
}

/** The same, but allows NaN for undefined values. */
export function requireShareOrNaN(argument: string, value: unknown): number {
  return Number.isNaN(value) ? Number.NaN : requireShare(argument, value);
}
