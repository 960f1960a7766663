import {reject} from '../core/errors';
import {requireObject} from '../core/require_object';
import {requireString} from '../core/require_string';

/** A value and its name. */
export interface NamedEntry {
  name: string;
  value: unknown;
  /** The value's path, for messages: `runs.baseline`, `runs[0].history`. */
  path: string;
}

/**
 * Reads values by name, or a list of `{name, [key]: value}`, which keeps its order even for names such as "1".
 *
 * @param argument The caller's name for them, for messages.
 * @param what The kind of values, for messages: `'models'`.
 * @throws ValueError for anything else, and for a repeated name.
 */
export function namedEntries(argument: string, given: unknown, key: string, what: string): NamedEntry[] {
  if (!Array.isArray(given)) {
    const entries = Object.entries(requireObject(argument, given));
    return entries.map(([name, value]) => ({name, value, path: `${argument}.${name}`}));
  }
  const list = Array.from(given, (one, i) => {
    const {name, [key]: value} = requireObject(`${argument}[${i}]`, one);
    return {name: requireString(`${argument}[${i}].name`, name), value, path: `${argument}[${i}].${key}`};
  });
  const names = list.map(({name}) => name);
  if (new Set(names).size < names.length) reject(argument, `${what} of different names`, names);
  return list;
}
