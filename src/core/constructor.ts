/** A class whose instances are `T`, as `fromConfig` takes it. */
// biome-ignore lint/suspicious/noExplicitAny: each class has arguments of its own
export type Constructor<T> = new (...args: any[]) => T;

/** The static `className` of a class: a subclass of ours has to have one, which its base does not declare. */
export function classNameOf(cls: object): string {
  return Reflect.get(cls, 'className');
}
