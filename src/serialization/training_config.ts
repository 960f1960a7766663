import {shorten, show, ValueError} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {deserializeObject, type SerializedObject, serializeObject} from '../core/registry';
import {builtinFunction, builtinName, isLookedUpByCompile} from './builtin_functions';
import type {Entries, Entry, LossOrMetricFn} from './model_internals';

// Output names may have any length.
const LONGEST_PATH = 100;

type Json = string | SerializedObject | {class_name: 'function'; config: string};
export type SerializedEntries = Json | Json[] | {[output: string]: Json | Json[]};

/**
 * Serializes losses or metrics of a compiled model: names (and metrics of `tf.metrics`) as in tfjs, objects as
 * `{class_name, config}`, other functions of TensorFlow.js as `{class_name: 'function', config: name}`.
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
 * Restores losses or metrics, as `model.compile` takes them.
 *
 * @throws ValueError naming a class that is not registered or not a loss (or metric), or an unknown function.
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

// Replaces names that tfjs's compile() does not know by their functions: tfjs writes the name of tf.metrics.recall, but
// cannot read it.
function metricFromName(name: string): Entry {
  const key = toCamelCase(name);
  if (isLookedUpByCompile(key)) return key;
  return (builtinFunction(`metrics.${key}`) as LossOrMetricFn | undefined) ?? key;
}

/** Whether it is one entry, not a dictionary by output: outputs may also be named `class_name` and `config`. */
export function isSerializedObject(json: object): boolean {
  const {class_name: name, config} = json as {class_name?: unknown; config?: unknown};
  if (typeof name !== 'string') return false;
  if (name === 'function' || name.includes('>')) return true;
  return (
    typeof config === 'object' && config !== null && !Array.isArray(config) && !isSerializedObject(config)
  );
}

/** Runs `read` on the part of a file at `path`, and adds the path to its errors. */
function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : show(error);
    throw new ValueError(`In the file's \`${shorten(path, LONGEST_PATH)}\`: ${message}`, {cause: error});
  }
}

/**
 * Maps each leaf of `entries` (one, an array, or a dictionary by output name of either).
 *
 * @param map Receives the leaf and its path in `entries`.
 */
function mapEntries<T>(entries: unknown, map: (entry: T, path: string) => unknown, path = ''): unknown {
  if (Array.isArray(entries)) return entries.map((entry, i) => mapEntries(entry, map, `${path}[${i}]`));
  const isLeaf = typeof entries !== 'object' || entries === null || isSerializedObject(entries);
  if (isLeaf) return map(entries as T, path);
  return Object.fromEntries(
    Object.entries(entries).map(([output, entry]) => [output, mapEntries(entry, map, `${path}.${output}`)]),
  );
}

// Copied from tfjs-layers, which does not export it.
function toSnakeCase(name: string): string {
  const words = name
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return words.startsWith('_') ? `private${words}` : words;
}

/** Converts names like tfjs-layers on loading, which does not export this. */
export function toCamelCase(identifier: string): string {
  if (identifier.length <= 1) return identifier;
  return identifier.replace(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
}
