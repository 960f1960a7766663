import {show, ValueError} from '../errors';

/**
 * @throws ValueError naming the path of the first value that JSON would lose or change: typed arrays, functions,
 *   NaN and infinities, class instances. An undefined property counts as absent.
 */
export function checkJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; ++i) checkJson(value[i], `${path}[${i}]`);
    return;
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) checkJson(item, `${path}.${key}`);
    }
    return;
  }
  throw new ValueError(`Expected \`${path}\` to be plain JSON. Received: ${show(value)}`);
}
