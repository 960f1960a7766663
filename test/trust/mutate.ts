import type {Random} from '../../src/core/random';

/** The two files of a saved model. */
export interface SavedFiles {
  json: Json;
  weights: Uint8Array;
}

/** The same, as they would lie on a disk. */
export interface FileBytes {
  text: string;
  weights: Uint8Array;
}

type Json = Record<string, unknown>;
type Holder = Record<string | number, unknown>;
interface Place {
  holder: Holder;
  key: string | number;
}

const DEEP = '@deep@';
const DEPTH = 20_000;

const STRINGS = [
  '',
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'prototype',
  'function',
  'accuracy',
  'mean_squared_error',
  'longtail>BalancedAccuracy',
  'longtail>EqualizationLoss',
  'Custom>toString',
  '../weights.bin',
  '/etc/passwd',
  '%2e%2e/x',
  'a\0b',
  'float32',
  'string',
  'int32',
  DEEP,
];
const NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1,
  2,
  3,
  100,
  2 ** 24,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e19,
  -1e300,
  1e300,
];

/** One value of the kinds that break readers. */
function evilValue(random: Random): unknown {
  const oneOf = (items: readonly unknown[]): unknown => items[random.below(items.length)];
  const makers: Array<() => unknown> = [
    () => oneOf([null, true, false]),
    () => oneOf(NUMBERS),
    () => oneOf(STRINGS),
    () => oneOf(['long', 'x'.repeat(2000), 'y'.repeat(random.below(10) === 0 ? 1e6 : 1001)]),
    () => oneOf([[], {}, [[]], [[['accuracy']]], [null], [{}]]),
    () => oneOf([{toString: 1}, {valueOf: 1, toString: null}, {length: 2 ** 31}, {shape: [2 ** 31]}]),
    () => oneOf([{constructor: {name: {}}}, {constructor: null}, {class_name: {}, config: {}}]),
    () => ({class_name: 'function', config: oneOf(STRINGS)}),
    () => ({class_name: oneOf(STRINGS), config: oneOf([undefined, null, {}, [], 'x'])}),
    () => ({class_name: 'longtail>BalancedAccuracy', config: {}, state: {}}),
    () => ({class_name: 'ClassFrequency', config: oneOf([undefined, {}, {num_images: 1, image_counts: []}])}),
    () => ({longtail_id: oneOf([1, 2, 1e9, -1, 'x'])}),
    () => oneOf([0, 1, 0.01]) && new Array([1, 4, 6, 1000][random.below(4)]).fill(oneOf([0, 0.01, 1, 2])),
  ];
  return makers[random.below(makers.length)]();
}

function placesIn(json: unknown): Place[] {
  const places: Place[] = [];
  const visit = (holder: Holder) => {
    for (const key of Object.keys(holder)) {
      places.push({holder, key});
      const value = holder[key];
      if (typeof value === 'object' && value !== null) visit(value as Holder);
    }
  };
  visit(json as Holder);
  return places;
}

/** Sets a key as JSON.parse does: `__proto__` too is nothing but a key. */
function put(holder: Holder, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, {value, enumerable: true, configurable: true, writable: true});
}

function mutateJson(json: Json, random: Random): void {
  const oneOf = <T>(items: readonly T[]): T => items[random.below(items.length)];
  const all = placesIn(json);
  // The topology is most of a file, and its reader is not ours.
  const ours = random.below(3) === 0 ? all : placesIn({...json, modelTopology: {}});
  const places = ours.length > 0 ? ours : all;
  const {holder, key} = oneOf(places);
  const value = holder[key];
  const other = oneOf(places);
  const changes: Array<() => void> = [
    () => put(holder, key, evilValue(random)),
    () => put(holder, key, evilValue(random)),
    () => delete holder[key],
    () => put(holder, key, structuredClone(other.holder[other.key])),
    () => put(holder, key, [value]),
    () => put(holder, key, [value, value]),
    () => put(holder, key, {[String(other.key)]: value}),
    () => put(holder, oneOf(STRINGS.slice(0, 8)), evilValue(random)),
    () => put(holder, `${key}_`, value),
    () => {
      delete holder[key];
      put(holder, oneOf(STRINGS.slice(1, 8)), value);
    },
    () => {
      if (typeof value === 'number') put(holder, key, oneOf([-value, value + 1, value * 1e9, value / 3]));
      else if (typeof value === 'string')
        put(holder, key, oneOf([`${value}x`, value.slice(1), value.toUpperCase()]));
      else if (Array.isArray(value)) value.push(oneOf([value[0], 0, null]));
    },
    () => {
      if (Array.isArray(value)) value.pop();
      else put(holder, key, typeof value === 'object' ? value : String(value));
    },
  ];
  oneOf(changes)();
}

function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  const changed = Uint8Array.from(bytes);
  switch (random.below(5)) {
    case 0:
      return changed.subarray(0, at);
    case 1:
      return Uint8Array.of(...changed.subarray(0, at), ...changed.subarray(random.below(at + 1)));
    case 2:
      return changed.fill([0, 0xff, 0x7f][random.below(3)], at, at + 1 + random.below(8));
    case 3:
      return new Uint8Array();
    default:
      for (let i = 0; i < 4; i++) changed[random.below(bytes.length)] ^= 1 << random.below(8);
      return changed;
  }
}

/** A saved model with one to three changes, that depend on `random` alone. */
export function mutate({json, weights}: SavedFiles, random: Random): FileBytes {
  const changed = structuredClone(json);
  const changes = 1 + random.below(3);
  const target = random.below(10);
  if (target < 8) for (let i = 0; i < changes; i++) mutateJson(changed, random);
  const nest = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
  let text = JSON.stringify(changed).replaceAll(`"${DEEP}"`, nest);
  if (target === 8) text = Buffer.from(mutateBytes(Buffer.from(text), random)).toString('utf8');
  return {text, weights: target === 9 || random.below(8) === 0 ? mutateBytes(weights, random) : weights};
}
