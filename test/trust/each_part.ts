/** Puts another value in place of a part, and gives the whole. */
type Put = (part: unknown) => unknown;

/** Whether a value is an array or an object of no class. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** Every part of a value, the whole first, by its path; and how a copy gets another one in its place. */
export function* withEachPart(
  value: unknown,
  path: string,
): Generator<[path: string, part: unknown, put: Put]> {
  yield [path, value, (other) => other];
  if (!isPlain(value)) return;
  for (const [key, item] of Object.entries(value)) {
    for (const [at, part, put] of withEachPart(item, `${path}.${key}`)) {
      const copy = () => (Array.isArray(value) ? [...value] : {...value});
      yield [at, part, (other) => Object.assign(copy(), {[key]: put(other)})];
    }
  }
}
