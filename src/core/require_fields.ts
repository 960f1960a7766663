import {requireArray} from './require_array';
import {requireObject} from './require_object';

/** Throws a ValueError naming `argument` if `value` is invalid. */
export type Check = (argument: string, value: unknown) => unknown;

/** The checks of an object's fields, by name. */
export type Fields = Readonly<Record<string, Check>>;

/**
 * @throws ValueError if it is not an object, and for a field that fails its check, by its path: `row.name`.
 */
export function requireFields(argument: string, value: unknown, fields: Fields): void {
  const object = requireObject(argument, value);
  for (const [name, check] of Object.entries(fields)) check(`${argument}.${name}`, object[name]);
}

/**
 * @throws ValueError unless it is an array of at least `least` objects whose fields pass their checks.
 */
export function requireRecords(argument: string, value: unknown, fields: Fields, least = 1): void {
  for (const [i, item] of requireArray(argument, value, least).entries()) {
    requireFields(`${argument}[${i}]`, item, fields);
  }
}

/** The same check, except that undefined passes. */
export function optional(check: Check): Check {
  return (argument, value) => value !== undefined && check(argument, value);
}
