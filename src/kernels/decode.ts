// Printable characters except those that some kind of string escapes, as in `.ci/build_simd.js`.
export const LETTERS =
  '!#%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~';

/** Letters from here on start a pair. */
const SINGLE = LETTERS.length - 2;

/**
 * Decodes the text that `.ci/build_simd.js` wrote. A letter stands for its index in LETTERS, a pair for the values from
 * SINGLE on; the values are bytes + 3, modulo 256.
 */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const places = new Uint8Array(128);
  for (let i = 0; i < LETTERS.length; ++i) places[LETTERS.charCodeAt(i)] = i;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; ++i) {
    let value = places[text.charCodeAt(i)];
    if (value >= SINGLE) value = SINGLE + (value - SINGLE) * LETTERS.length + places[text.charCodeAt(++i)];
    bytes[length++] = value - 3;
  }
  return bytes.slice(0, length);
}
