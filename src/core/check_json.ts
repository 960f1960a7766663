import {reject} from './errors';

/**
 * @throws ValueError naming the path of the first value that JSON would lose or change: typed arrays, functions,
 *   NaN and infinities, class instances, cycles. An undefined property counts as absent.
 */
export function checkJson(value: unknown, path: string, within: unknown[] = []): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (within.includes(value)) reject(path, 'plain JSON, no part of itself', value);
  const inner = typeof value === 'object' ? [...within, value] : within;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; ++i) checkJson(value[i], `${path}[${i}]`, inner);
    return;
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) checkJson(item, `${path}.${key}`, inner);
    }
    return;
  }
  reject(path, 'plain JSON', value);
}
