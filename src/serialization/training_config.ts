import {shorten, show, ValueError} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {deserializeObject, type SerializedObject, serializeObject} from '../core/registry';
import {builtinFunction, builtinName, isLookedUpByCompile} from './builtin_functions';
import type {Entries, Entry, LossOrMetricFn} from './model_internals';

// Names of outputs may be of any length.
const LONGEST_PATH = 100;

type Json = string | SerializedObject | {class_name: 'function'; config: string};
export type SerializedEntries = Json | Json[] | {[output: string]: Json | Json[]};

/**
 * Losses or metrics of a compiled model as JSON: names (and metrics of `tf.metrics`) as tfjs writes them, objects
 * as `{class_name, config}`, other functions of TensorFlow.js as `{class_name: 'function', config: name}`.
 *
 * @throws ValueError naming a function or an object that cannot be saved.
 */
export function serializeEntries(entries: Entries, what: 'loss' | 'metric'): SerializedEntries {
  return mapEntries(entries, (entry: Entry) => {
    if (typeof entry === 'string') return toSnakeCase(entry);
    if (entry instanceof Loss || entry instanceof Metric) return serializeObject(entry);
    const name = builtinName(entry);
    if (what === 'metric' && name?.startsWith('metrics.')) return toSnakeCase(name.slice('metrics.'.length));
    if (name != null) return {class_name: 'function', config: name};
    throw new ValueError(
      `The ${what} ${show(entry)} cannot be saved with the model: only its name would be left. Make it a class ` +
        `that extends ${what === 'loss' ? 'Loss' : 'Metric'} and register it, or save without includeOptimizer.`,
    );
  }) as SerializedEntries;
}

/**
 * Losses or metrics as `model.compile` takes them.
 *
 * @throws ValueError naming a class that is not registered or is none of losses (or metrics), or a function that is not
 *   known.
 */
export function deserializeEntries(entries: SerializedEntries, what: 'loss' | 'metric'): Entries {
  return mapEntries(entries, (entry: Json, path) => {
    if (typeof entry === 'string') return what === 'metric' ? metricFromName(entry) : toCamelCase(entry);
    if (entry?.class_name == null) {
      throw new ValueError(
        `Expected the saved ${what} to be a name or {class_name, config}. Received: ${show(entry)}`,
      );
    }
    if (entry.class_name !== 'function') {
      return at(`${what}${path}`, () => deserializeObject(entry as SerializedObject, what));
    }
    const fn = typeof entry.config === 'string' ? builtinFunction(entry.config) : undefined;
    if (fn == null)
      throw new ValueError(`The model was saved with the unknown function ${show(entry.config)}.`);
    return fn;
  }) as Entries;
}

// tfjs writes the name of tf.metrics.recall and then does not know it any more: names that its compile() does not
// take become the functions they stand for.
function metricFromName(name: string): Entry {
  const key = toCamelCase(name);
  if (isLookedUpByCompile(key)) return key;
  return (builtinFunction(`metrics.${key}`) as LossOrMetricFn | undefined) ?? key;
}

/** Whether it is one entry, not a dictionary by output: outputs may be called `class_name` and `config` too. */
export function isSerializedObject(json: object): boolean {
  const {class_name: name, config} = json as {class_name?: unknown; config?: unknown};
  if (typeof name !== 'string') return false;
  if (name === 'function' || name.includes('>')) return true;
  return (
    typeof config === 'object' && config !== null && !Array.isArray(config) && !isSerializedObject(config)
  );
}

/** Runs `read` on the part of a file at `path`, which the message of what it throws then names. */
function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : show(error);
    throw new ValueError(`In the file's \`${shorten(path, LONGEST_PATH)}\`: ${message}`, {cause: error});
  }
}

/**
 * The same as `entries` (one, an array, or a dictionary by output name of either), with each leaf mapped.
 *
 * @param map Told the leaf and its path in `entries`.
 */
function mapEntries<T>(entries: unknown, map: (entry: T, path: string) => unknown, path = ''): unknown {
  if (Array.isArray(entries)) return entries.map((entry, i) => mapEntries(entry, map, `${path}[${i}]`));
  const isLeaf = typeof entries !== 'object' || entries === null || isSerializedObject(entries);
  if (isLeaf) return map(entries as T, path);
  return Object.fromEntries(
    Object.entries(entries).map(([output, entry]) => [output, mapEntries(entry, map, `${path}.${output}`)]),
  );
}

// As in tfjs-layers, which does not export it.
function toSnakeCase(name: string): string {
  const words = name
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return words.startsWith('_') ? `private${words}` : words;
}

/** As tfjs-layers does it on loading, which does not export it. */
export function toCamelCase(identifier: string): string {
  if (identifier.length <= 1) return identifier;
  return identifier.replace(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
}
