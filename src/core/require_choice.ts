import {reject} from './errors';

/** Returns `value` if it is one of the choices. @throws ValueError naming the argument and all choices otherwise. */
export function requireChoice<T extends string>(argument: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  return reject(argument, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, value);
}
