import {reject} from './errors';

/** Returns `value` if it is an array of at least `least` items. @throws ValueError naming the argument otherwise. */
export function requireArray(argument: string, value: unknown, least = 0): readonly unknown[] {
  if (Array.isArray(value) && value.length >= least) return value;
  return reject(argument, least === 0 ? 'an array' : `an array, at least ${least} long`, value);
}
