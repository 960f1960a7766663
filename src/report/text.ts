// Generous widths, as shares of the font size: overestimating a label's width does less harm than an overlap.
const [NARROW, LETTER, BROAD, WIDE] = [0.4, 0.64, 0.95, 1.08];
// East Asian characters and emoji take a square each, combining marks nothing.
const SQUARE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
const NO_WIDTH = /\p{M}|\p{Cf}/u;
const BROAD_LETTER = /[\p{Lu}w]/u;
const WIDE_LETTER = /[Wm@%—…ЖФШЩЫЮжфшщыю]/;
const NARROW_LETTER = /[iljftrI1 .,;:'|!()[\]-]/;
const ELLIPSIS = '…';
const SHORT: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

// Characters that XML 1.0 forbids in any form, even as an entity.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are searched for.
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/** Width of `text` in pixels, estimated without a browser. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) {
    if (NO_WIDTH.test(character)) continue;
    width += widthOf(character);
  }
  return width * fontSize;
}

function widthOf(character: string): number {
  if (SQUARE.test(character) || WIDE_LETTER.test(character)) return WIDE;
  if (NARROW_LETTER.test(character)) return NARROW;
  return BROAD_LETTER.test(character) ? BROAD : LETTER;
}

/** Puts `text` on one line, truncated with an ellipsis if it is wider than `most` pixels. */
export function shorten(text: string, most: number, fontSize: number): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  if (textWidth(line, fontSize) <= most) return line;
  const characters = [...new Intl.Segmenter('en').segment(line)].map(({segment}) => segment);
  while (characters.length > 0 && textWidth(characters.join('') + ELLIPSIS, fontSize) > most)
    characters.pop();
  return characters.join('').trimEnd() + ELLIPSIS;
}

/** Escapes characters, as in JavaScript, that would break a terminal's line or move its cursor, such as ESC. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    return SHORT[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex}`);
  });
}

/** Replaces characters that XML forbids, control characters and lone surrogates, by U+FFFD. */
export function printable(text: string): string {
  return text.replace(NOT_XML, '\uFFFD');
}
