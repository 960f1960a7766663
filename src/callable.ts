/**
 * `fn` dressed as an instance of `cls`: `model.compile` of tfjs-layers takes losses and metrics that are
 * functions, and histories name a metric by its function's `name`. A constructor may assign `name` and `length`,
 * which functions otherwise do not allow.
 */
export function callableInstance<T extends object>(
  cls: {prototype: unknown},
  name: string,
  fn: (...args: never[]) => unknown,
): T {
  Object.setPrototypeOf(fn, cls.prototype as object);
  Object.defineProperty(fn, 'name', {value: name, writable: true, configurable: true});
  Object.defineProperty(fn, 'length', {writable: true});
  return fn as unknown as T;
}
