import {requireNumber} from './require_number';

/** `value`, if it is a finite number, or NaN, which stands for what cannot be said. @throws ValueError otherwise. */
export function requireNumberOrNaN(argument: string, value: unknown): number {
  return Number.isNaN(value) ? Number.NaN : requireNumber(argument, value);
}
