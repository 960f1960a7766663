/** Descriptions of what must come next, by state. */
export const EXPECTED = {
  start: 'an object',
  'first key': 'a key or }',
  key: 'a key',
  colon: ':',
  value: 'a value',
  'first element': 'a value or ]',
  element: 'a value',
  'after element': ', or ]',
  'after value': ', or }',
  end: 'nothing more',
};

export type Expects = keyof typeof EXPECTED;

/** Structural characters allowed in each state, with the state that follows. */
export const NEXT: Record<Expects, Readonly<Record<string, Expects>>> = {
  start: {'{': 'first key'},
  'first key': {'}': 'end'},
  key: {},
  colon: {':': 'value'},
  value: {'[': 'first element'},
  'first element': {']': 'after value'},
  element: {},
  'after element': {',': 'element', ']': 'after value'},
  'after value': {',': 'key', '}': 'end'},
  end: {},
};

/** First characters of a key or value, for states that accept one. */
const KEY_START = /"/;
const VALUE_START = /[[{"tfn\-0-9]/;
export const STARTS: Partial<Record<Expects, RegExp>> = {
  'first key': KEY_START,
  key: KEY_START,
  value: VALUE_START,
  'first element': VALUE_START,
  element: VALUE_START,
};
