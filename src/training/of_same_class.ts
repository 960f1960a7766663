/** Makes an object of the class of `one` by tfjs's `fromConfig`. */
export function ofSameClass<T extends object>(one: T, config: object, ...more: unknown[]): T {
  // `fromConfig` also takes the class and, for a model, two more arguments; constructors' types do not say so.
  const cls = one.constructor as unknown as {fromConfig(cls: unknown, config: object, ...more: unknown[]): T};
  return cls.fromConfig(cls, config, ...more);
}
