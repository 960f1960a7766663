/**
 * An argument that a function cannot accept. The message names it, what was expected and what came.
 *
 * @example
 * ```ts
 * try {
 *   new EqualizationLoss({lambda: -1, freqInfo});
 * } catch (error) {
 *   console.log((error as ValueError).message); // → Expected `lambda` to be a finite number ≥ 0. Received: -1
 * }
 * ```
 */
export class ValueError extends Error {
  /** `'ValueError'`. */
  override readonly name = 'ValueError';
}

/**
 * Throws a {@link ValueError} in the one form that all messages of this package have:
 * ``Expected `lambda` to be a finite number ≥ 0. Received: -1``.
 */
export function reject(argument: string, expectation: string, received: unknown): never {
  throw new ValueError(`Expected \`${argument}\` to be ${expectation}. Received: ${show(received)}`);
}

/** A short, one-line picture of any value, for error messages. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value !== 'object' || value === null) return String(value);
  const shape = (value as {shape?: unknown}).shape;
  if (Array.isArray(shape)) return `tensor of shape [${shape.join(', ')}]`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as ArrayLike<unknown>)
      .slice(0, 5)
      .map(show);
    const length = (value as unknown as ArrayLike<unknown>).length;
    return `[${items.join(', ')}${length > 5 ? `, … ${length} in all` : ''}]`;
  }
  const name = value.constructor?.name ?? 'object';
  return name === 'Object' ? `{${Object.keys(value).join(', ')}}` : `an instance of ${name}`;
}
