/** Kinds of bytes, and states named after the last bytes read. */
const KINDS = ['other', '0', '1-9', '-', '+', '.', 'e', ',', '[', ']', ' '] as const;
const STATES = ['error', '[', ',', '-', '0', '1', '.', '.1', 'e', 'e+', 'e1', 'end'] as const;

type Kind = (typeof KINDS)[number];
type State = (typeof STATES)[number];

const BYTES: Partial<Record<Kind, string>> = {
  '0': '0',
  '1-9': '123456789',
  '-': '-',
  '+': '+',
  '.': '.',
  e: 'eE',
  ',': ',',
  '[': '[',
  ']': ']',
  ' ': ' \t\n\r',
};

const VALUE = {'0': '0', '1-9': '1', '-': '-', '[': '['} as const;
const AFTER = {',': ',', ']': 'end', ' ': 'end'} as const;

/** The next state by kind of byte, for arrays of JSON numbers nested to any depth. */
const NEXT: Record<State, Partial<Record<Kind, State>>> = {
  error: {},
  '[': {...VALUE, ']': 'end', ' ': '['},
  ',': {...VALUE, ' ': ','},
  '-': {'0': '0', '1-9': '1'},
  '0': {'.': '.', e: 'e', ...AFTER},
  '1': {'0': '1', '1-9': '1', '.': '.', e: 'e', ...AFTER},
  '.': {'0': '.1', '1-9': '.1'},
  '.1': {'0': '.1', '1-9': '.1', e: 'e', ...AFTER},
  e: {'+': 'e+', '-': 'e+', '0': 'e1', '1-9': 'e1'},
  'e+': {'0': 'e1', '1-9': 'e1'},
  e1: {'0': 'e1', '1-9': 'e1', ...AFTER},
  end: AFTER,
};

const KIND_OF = new Uint8Array(256);
for (const [kind, bytes] of Object.entries(BYTES)) {
  for (const byte of Buffer.from(bytes)) KIND_OF[byte] = KINDS.indexOf(kind as Kind);
}

/** `NEXT` as a table, indexed by 16 · state + kind. */
const TABLE = new Uint8Array(256);
STATES.forEach((state, s) => {
  KINDS.forEach((kind, k) => {
    TABLE[16 * s + k] = STATES.indexOf(NEXT[state][kind] ?? 'error');
  });
});

const OPENED = STATES.indexOf('[');
const OPENS = KINDS.indexOf('[');
const CLOSES = KINDS.indexOf(']');

/**
 * Finds the end of an array that holds only numbers and arrays of numbers, several times as fast as `JSON.parse`.
 *
 * @param from The offset of its `[`.
 * @returns The offset after its `]`; -1 if it holds something else, is invalid, or continues beyond the bytes.
 */
export function endOfNumbers(bytes: Uint8Array, from: number): number {
  let state = OPENED;
  let depth = 1;
  for (let at = from + 1; at < bytes.length; ++at) {
    const kind = KIND_OF[bytes[at]];
    state = TABLE[16 * state + kind];
    if (state === 0) return -1;
    if (kind === OPENS) depth++;
    else if (kind === CLOSES && --depth === 0) return at + 1;
  }
  return -1;
}
