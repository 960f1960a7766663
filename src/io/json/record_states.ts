/** What comes next, in words, by the name of the state. */
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

/** The characters of structure that may come in each state, with the state after them. */
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

/** The characters that a key or a value may start with, where a state takes one. */
const KEY_START = /"/;
const VALUE_START = /[[{"tfn\-0-9]/;
export const STARTS: Partial<Record<Expects, RegExp>> = {
  'first key': KEY_START,
  key: KEY_START,
  value: VALUE_START,
  'first element': VALUE_START,
  element: VALUE_START,
};
