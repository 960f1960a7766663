const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const LITERALS = ['true', 'false', 'null'].map((word) => Buffer.from(word));
const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const NUMBER_START = /-?(?:(?:0|[1-9]\d*)(?:\.(?:\d+(?:[eE][+-]?\d*)?)?|[eE][+-]?\d*)?)?/y;
const IN_NUMBERS = new Set(Buffer.from('0123456789+-.eE'));
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds where text stops being a JSON value: the offset of the first byte that cannot follow the text before it, or the
 * length if the text is only cut off. Slow; called for text that `JSON.parse` has refused.
 *
 * @returns The offset, 0 … `bytes.length`; undefined for a JSON value.
 */
export function findJsonError(bytes: Buffer): number | undefined {
  let at = 0;
  /** Brackets that are still open. */
  const open: number[] = [];
  let expects: 'value' | 'value or end' | 'key' | 'key or end' | 'after' = 'value';
  for (;;) {
    while (WHITESPACE.has(bytes[at])) at++;
    if (expects === 'after' && open.length === 0) return at === bytes.length ? undefined : at;
    if (at >= bytes.length) return bytes.length;
    const byte = bytes[at];
    const closing = open.at(-1) === 0x7b ? 0x7d : 0x5d;
    if (byte === closing && (expects === 'after' || expects.endsWith('or end'))) {
      open.pop();
      at++;
      expects = 'after';
    } else if (expects === 'after') {
      if (byte !== 0x2c) return at;
      at++;
      expects = open.at(-1) === 0x7b ? 'key' : 'value';
    } else if (expects.startsWith('key')) {
      if (byte !== QUOTE) return at;
      const end = skipString(bytes, at);
      if (end.error !== undefined) return end.error;
      at = end.next;
      while (WHITESPACE.has(bytes[at])) at++;
      if (bytes[at] !== 0x3a) return at;
      at++;
      expects = 'value';
    } else if (byte === 0x7b || byte === 0x5b) {
      open.push(byte);
      at++;
      expects = byte === 0x7b ? 'key or end' : 'value or end';
    } else {
      const end = byte === QUOTE ? skipString(bytes, at) : skipScalar(bytes, at);
      if (end.error !== undefined) return end.error;
      at = end.next;
      expects = 'after';
    }
  }
}

interface Skipped {
  next: number;
  error?: number;
}

function skipString(bytes: Buffer, from: number): Skipped {
  for (let at = from + 1; at < bytes.length; ++at) {
    if (bytes[at] < 0x20) return {next: at, error: at};
    if (bytes[at] === QUOTE) return {next: at + 1};
    if (bytes[at] !== BACKSLASH) continue;
    at++;
    if (at === bytes.length) break;
    if (bytes[at] === 0x75) {
      for (let digit = 0; digit < 4; ++digit) {
        at++;
        if (at === bytes.length) return {next: at, error: at};
        if (!/[0-9a-fA-F]/.test(String.fromCharCode(bytes[at]))) return {next: at, error: at};
      }
    } else if (!'"\\/bfnrt'.includes(String.fromCharCode(bytes[at]))) return {next: at, error: at};
  }
  return {next: bytes.length, error: bytes.length};
}

function skipScalar(bytes: Buffer, from: number): Skipped {
  for (const word of LITERALS) {
    if (bytes[from] !== word[0]) continue;
    const wrong = word.findIndex((letter, k) => bytes[from + k] !== letter);
    return wrong < 0 ? {next: from + word.length} : {next: from, error: Math.min(from + wrong, bytes.length)};
  }
  let end = from;
  while (IN_NUMBERS.has(bytes[end])) end++;
  const text = bytes.toString('latin1', from, end);
  const whole = lengthOf(NUMBER, text);
  const started = lengthOf(NUMBER_START, text);
  // After `1.` or `1e+` a number must go on, but the next byte does not.
  return whole > 0 && whole === started ? {next: from + whole} : {next: from, error: from + started};
}

function lengthOf(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0].length ?? 0;
}
