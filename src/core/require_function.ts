import {reject} from './errors';

/**
 * @throws ValueError naming the argument unless it is a function.
 */
export function requireFunction(argument: string, value: unknown): void {
  if (typeof value !== 'function') reject(argument, 'a function', value);
}
