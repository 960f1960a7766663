/** A class whose instances are `T`, as `fromConfig` receives it. */
// biome-ignore lint/suspicious/noExplicitAny: each class has arguments of its own
export type Constructor<T> = new (...args: any[]) => T;

/** The static `className` of a class, which our subclasses must have although their base does not declare it. */
export function classNameOf(cls: object): string {
  return Reflect.get(cls, 'className');
}
