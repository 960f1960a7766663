import {requireNumber} from './require_number';

/** Returns `value` if it is a finite number, or NaN, which means undefined. @throws ValueError otherwise. */
export function requireNumberOrNaN(argument: string, value: unknown): number {
  return Number.isNaN(value) ? Number.NaN : requireNumber(argument, value);
}
