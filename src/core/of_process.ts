/**
 * Returns the only value of this name in the process (in each of its threads), made on the first request: copies of
 * this package, such as CommonJS alongside ES modules, share it.
 */
export function ofProcess<T>(name: string, make: () => T): T {
  const key = Symbol.for(`tfjs-longtail.${name}`);
  if (!Reflect.has(globalThis, key)) Reflect.set(globalThis, key, make());
  return Reflect.get(globalThis, key) as T;
}
