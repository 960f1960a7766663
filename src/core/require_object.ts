import {reject} from './errors';

/** Returns `value` if it is an object. @throws ValueError naming the argument otherwise. */
export function requireObject(argument: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  return reject(argument, 'an object', value);
}
