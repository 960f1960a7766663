import {reject} from './errors';

/** Marks the JSON of an object that a saved model holds more than once. */
const ID = 'longtail_id';

type Json = Record<string, unknown>;
/** What JSON says of an object, aside from its mark: undefined `config` in a reference. */
interface Content {
  config: unknown;
  state?: unknown;
}

type Class<T> = abstract new (...args: never[]) => T;

let saving: Map<object, number> | undefined;
let loading: Map<number, Content & {object?: object}> | undefined;

/**
 * While a model is saved, `json` with a mark that tells which object it describes; otherwise `json` itself.
 *
 * @param json A configuration, or `{class_name, config, state?}`.
 */
export function markShared<T extends object>(object: object, json: T): T {
  if (saving === undefined) return json;
  const id = saving.get(object) ?? saving.size + 1;
  saving.set(object, id);
  return {...json, [ID]: id};
}

/** `json` without its mark. */
export function withoutMark<T extends object>(json: T): T {
  const {[ID]: _, ...rest} = json as Json;
  return rest as T;
}

/**
 * Runs `write`, which calls {@link markShared}, and tidies the marks in the JSON that it returns. An object that
 * occurs once has none. One that occurs as `{class_name, config}` again is written as a reference, without `config` and `state`.
 */
export function writeShared<T>(write: () => T): T {
  const outer = saving;
  saving = new Map();
  try {
    return dropSingleMarks(shortenRepeats(write())) as T;
  } finally {
    saving = outer;
  }
}

/** Runs `read` such that {@link readShared} makes one object of all that carry one mark in `json`. */
export function readingShared<T>(json: unknown, read: () => T): T {
  const outer = loading;
  const met: NonNullable<typeof loading> = new Map();
  visitMarked(json, (id, node) => {
    const content = contentOf(node);
    if (content.config !== undefined && !met.has(id)) met.set(id, content);
  });
  loading = met;
  try {
    return read();
  } finally {
    loading = outer;
  }
}

/**
 * The object of class `cls` that `json` describes: the one that was read before under the same mark, or a new one.
 *
 * @param make Makes it of its configuration and its state: whatever stands there, undefined where nothing does.
 * @throws ValueError for a reference to nothing.
 */
export function readShared<T extends object, C>(
  json: unknown,
  cls: Class<T>,
  make: (config: C, state: unknown) => T,
): T {
  const id = idOf(json);
  const known = id === undefined ? undefined : loading?.get(id);
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
    // Whoever wrote it has changed what the object said: it stands for another one.
    else if (first !== text) return descend(withoutMark(node));
    // Only our own readers see `class_name`; a bare configuration may be read by anybody's code.
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

/** A copy of `json`; `map` decides for each object what becomes of it, before its properties. */
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
