import {requireArray} from './require_array';
import {requireObject} from './require_object';

/** Throws a ValueError naming `argument` where `value` is not what it must be. */
export type Check = (argument: string, value: unknown) => unknown;

/** What the fields of an object must be, by their names. */
export type Fields = Readonly<Record<string, Check>>;

/** @throws ValueError for what is no object, and for a field that fails its check, by its path: `row.name`. */
export function requireFields(argument: string, value: unknown, fields: Fields): void {
  const object = requireObject(argument, value);
  for (const [name, check] of Object.entries(fields)) check(`${argument}.${name}`, object[name]);
}

/** @throws ValueError for what is no array of at least `least` objects whose fields pass their checks. */
export function requireRecords(argument: string, value: unknown, fields: Fields, least = 1): void {
  for (const [i, item] of requireArray(argument, value, least).entries()) {
    requireFields(`${argument}[${i}]`, item, fields);
  }
}

/** The same check, but for undefined, which passes. */
export function optional(check: Check): Check {
  return (argument, value) => value !== undefined && check(argument, value);
}
