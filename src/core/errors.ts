// The received value may be a file of any size.
const LONGEST = 1000;
const DEEPEST = 4;

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

  constructor(message?: string, options?: ErrorOptions) {
    super(message === undefined ? undefined : shorten(message), options);
  }
}

/**
 * Throws a {@link ValueError} in the form common to all messages of this package: ``Expected `lambda` to be a finite
 * number ≥ 0. Received: -1``.
 */
export function reject(argument: string, expectation: string, received: unknown): never {
  throw new ValueError(`Expected \`${argument}\` to be ${expectation}. Received: ${show(received)}`);
}

/**
 * Turns an error that other code threw over a part of a file into a {@link ValueError}; one of ours is returned as it
 * is.
 */
export function refusalOf(part: string, error: unknown): ValueError {
  if (error instanceof ValueError) return error;
  const message = error instanceof Error ? error.message : show(error);
  return new ValueError(`Expected \`${part}\` to be what TensorFlow.js can read. It failed: ${message}`, {
    cause: error,
  });
}

/** Shortens `text` to its beginning if it is too long. */
export function shorten(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Describes any value in one short line, for error messages. */
export function show(value: unknown): string {
  return picture(value, 0);
}

function picture(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === DEEPEST) return Array.isArray(value) ? '[…]' : '{…}';
  const shape = (value as {shape?: unknown}).shape;
  if (Array.isArray(shape)) return `tensor of shape ${picture(shape, depth + 1)}`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.prototype.slice.call(value, 0, 5).map((item) => picture(item, depth + 1));
    const length = (value as {length?: number}).length ?? 0;
    return `[${items.join(', ')}${length > 5 ? `, … ${length} in all` : ''}]`;
  }
  // A value from a file may hold anything under these names.
  const name = value.constructor?.name ?? 'object';
  const isPlain = name === 'Object' || typeof name !== 'string';
  return isPlain ? `{${Object.keys(value).join(', ')}}` : `an instance of ${name}`;
}
