import {PROTOCOL} from './across_copies';
import {reject} from './errors';
import {ofProcess} from './of_process';

/** Marks the JSON of an object that occurs more than once in a saved model. */
const ID = 'longtail_id';

type Json = Record<string, unknown>;
/** The content of an object's JSON, without its mark; `config` is undefined in a reference. */
interface Content {
  config: unknown;
  state?: unknown;
}

type Class<T> = abstract new (...args: never[]) => T;

/** The save or load in progress, in whichever copy of this package hooks TensorFlow.js. */
interface Sharing {
  saving?: Map<object, number>;
  loading?: Map<number, Content & {object?: object}>;
}

const sharing = ofProcess<Sharing>(`sharing.${PROTOCOL}`, () => ({}));

/**
 * While a model is saved, adds a mark to `json` that identifies the object it describes; otherwise returns `json`
 * itself.
 *
 * @param json A configuration, or `{class_name, config, state?}`.
 */
export function markShared<T extends object>(object: object, json: T): T {
  if (sharing.saving === undefined) return json;
  const id = sharing.saving.get(object) ?? sharing.saving.size + 1;
  sharing.saving.set(object, id);
  return {...json, [ID]: id};
}

/** Removes the mark from `json`. */
export function withoutMark<T extends object>(json: T): T {
  const {[ID]: _, ...rest} = json as Json;
  return rest as T;
}

/**
 * Runs `write`, which calls {@link markShared}, and tidies the marks in the JSON it returns. An object that occurs once
 * has no mark. One that occurs again as `{class_name, config}` is written as a reference, without `config` and `state`.
 */
export function writeShared<T>(write: () => T): T {
  const outer = sharing.saving;
  sharing.saving = new Map();
  try {
    return dropSingleMarks(shortenRepeats(write())) as T;
  } finally {
    sharing.saving = outer;
  }
}

/** Runs `read` so that {@link readShared} makes one object of all that carry the same mark in `json`. */
export function readingShared<T>(json: unknown, read: () => T): T {
  const outer = sharing.loading;
  const met: NonNullable<Sharing['loading']> = new Map();
  visitMarked(json, (id, node) => {
    const content = contentOf(node);
    if (content.config !== undefined && !met.has(id)) met.set(id, content);
  });
  sharing.loading = met;
  try {
    return read();
  } finally {
    sharing.loading = outer;
  }
}

/**
 * Returns the object of class `cls` that `json` describes: the one read before under the same mark, or a new one.
 *
 * @param make Makes it from its configuration and state, whatever they hold; undefined if absent.
 * @throws ValueError for a reference to nothing.
 */
export function readShared<T extends object, C>(
  json: unknown,
  cls: Class<T>,
  make: (config: C, state: unknown) => T,
): T {
  const id = idOf(json);
  const known = id === undefined ? undefined : sharing.loading?.get(id);
  if (known?.object instanceof cls) return known.object;
  const {config, state} =
    known ?? (typeof json === 'object' && json !== null ? contentOf(json) : {config: json, state: undefined});
  if (config === undefined && id !== undefined) reject(ID, 'the mark of an object in the same file', id);
  const object = make(config as C, state);
  if (known !== undefined) known.object ??= object;
  return object;
}

function idOf(json: unknown): number | undefined {
  const id = isPlainObject(json) ? json[ID] : undefined;
  return typeof id === 'number' ? id : undefined;
}

function contentOf(node: object): Content {
  if ('class_name' in node) return {config: (node as Json).config, state: (node as Json).state};
  const config = withoutMark(node);
  return {config: Object.keys(config).length > 0 || idOf(node) === undefined ? config : undefined};
}

function visitMarked(json: unknown, visit: (id: number, node: Json) => void): void {
  if (Array.isArray(json)) for (const item of json) visitMarked(item, visit);
  if (!isPlainObject(json)) return;
  const id = idOf(json);
  if (id !== undefined) visit(id, json);
  for (const item of Object.values(json)) visitMarked(item, visit);
}

function shortenRepeats(json: unknown): unknown {
  const whole = new Map<number, string>();
  const shorten = (node: Json, descend: (node: Json) => Json): Json => {
    const id = idOf(node);
    if (id === undefined) return descend(node);
    const text = JSON.stringify(contentOf(node));
    const first = whole.get(id);
    if (first === undefined) whole.set(id, text);
    // Someone has changed the object's description after writing it, so it denotes a separate object.
    else if (first !== text) return descend(withoutMark(node));
    // Only our own readers see `class_name`; anyone's code may read a bare configuration.
    else if ('class_name' in node) return {class_name: node.class_name, [ID]: id};
    return descend(node);
  };
  return mapObjects(json, shorten);
}

function dropSingleMarks(json: unknown): unknown {
  const occurrences = new Map<number, number>();
  visitMarked(json, (id) => occurrences.set(id, (occurrences.get(id) ?? 0) + 1));
  return mapObjects(json, (node, descend) => {
    const id = idOf(node);
    return descend(id !== undefined && occurrences.get(id) === 1 ? withoutMark(node) : node);
  });
}

/** Copies `json`; `map` decides for each object what to replace it with, before its properties. */
function mapObjects(json: unknown, map: (node: Json, descend: (node: Json) => Json) => Json): unknown {
  const descend = (node: Json): Json =>
    Object.fromEntries(Object.entries(node).map(([key, item]) => [key, visit(item)]));
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    return isPlainObject(node) ? map(node, descend) : node;
  };
  return visit(json);
}

function isPlainObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
