/** What tfjs's `fromConfig` makes of a configuration: an object of the class of `one`. */
export function ofSameClass<T extends object>(one: T, config: object, ...more: unknown[]): T {
  // It takes the class as well, and of a model two more things; no type says so of a constructor.
  const cls = one.constructor as unknown as {fromConfig(cls: unknown, config: object, ...more: unknown[]): T};
  return cls.fromConfig(cls, config, ...more);
}
