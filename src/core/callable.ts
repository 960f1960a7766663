/**
 * Makes the function `fn` an instance of `cls`: `model.compile` of tfjs-layers accepts losses and metrics that are
 * functions, and histories call a metric by its function's `name`. A constructor may assign `name` and `length`, which
 * functions otherwise do not allow; accessors of these names in its class take precedence.
 */
export function callableInstance<T extends object>(
  cls: {prototype: unknown},
  name: string,
  fn: (...args: never[]) => unknown,
): T {
  Object.setPrototypeOf(fn, cls.prototype as object);
  for (const [key, value] of Object.entries({name, length: fn.length})) {
    if (hasAccessor(cls.prototype, key)) Reflect.deleteProperty(fn, key);
    else Object.defineProperty(fn, key, {value, writable: true, configurable: true});
  }
  // TypeScript cannot express a function with another prototype.
  return fn as unknown as T;
}

function hasAccessor(prototype: unknown, key: string): boolean {
  for (let owner = prototype; owner != null; owner = Object.getPrototypeOf(owner)) {
    const property = Object.getOwnPropertyDescriptor(owner, key);
    if (property !== undefined) return property.get !== undefined || property.set !== undefined;
  }
  return false;
}
