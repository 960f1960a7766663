import {reject} from './errors';
import {requireArray} from './require_array';

/** Returns `value` if it is a string. @throws ValueError naming the argument otherwise. */
export function requireString(argument: string, value: unknown): string {
  return typeof value === 'string' ? value : reject(argument, 'a string', value);
}

/** Returns `value` if it is an array of strings. @throws ValueError naming the first item that is not. */
export function requireStrings(argument: string, value: unknown): readonly string[] {
  return Array.from(requireArray(argument, value), (item, i) => requireString(`${argument}[${i}]`, item));
}
