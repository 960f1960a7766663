import {isPlain} from './each_part';

export type Callable = (...args: unknown[]) => unknown;

/**
 * Functions and classes of an entry, and those within its objects and lists, by their paths: `draw.history`.
 *
 * @param except What is left out.
 */
export function functionsOf(
  exported: object,
  except: ReadonlySet<unknown>,
  path = '',
): [path: string, call: Callable][] {
  const isList = Array.isArray(exported);
  return Object.entries(exported).flatMap(([key, value]): [string, Callable][] => {
    const at = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (isPlain(value)) return functionsOf(value, except, at);
    if (typeof value !== 'function' || except.has(value)) return [];
    return [[at, isClass(value) ? (...args) => Reflect.construct(value, args) : value]];
  });
}

/** Whether a value is made with `new`. */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}
