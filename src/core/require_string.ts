import {reject} from './errors';
import {requireArray} from './require_array';

/** `value`, if it is a string. @throws ValueError naming the argument otherwise. */
export function requireString(argument: string, value: unknown): string {
  return typeof value === 'string' ? value : reject(argument, 'a string', value);
}

/** `value`, if it is an array of strings. @throws ValueError naming the first that is none. */
export function requireStrings(argument: string, value: unknown): readonly string[] {
  return Array.from(requireArray(argument, value), (item, i) => requireString(`${argument}[${i}]`, item));
}
