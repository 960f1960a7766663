import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import type {Entries, Entry} from './model_internals';

/** The loss that `compile` assigns to each output: one for all, an array, or a dictionary by output names. */
export function lossEntries(
  loss: Entries | null | undefined,
  outputNames: string[],
): Array<Entry | undefined> {
  if (Array.isArray(loss)) return outputNames.map((_, i) => loss[i]);
  if (loss == null || typeof loss !== 'object') return outputNames.map(() => loss ?? undefined);
  return outputNames.map((name) => loss[name] as Entry | undefined);
}

/** The metrics of each output, in the order in which `compile` appends them: an array applies to every output. */
export function metricEntries(metrics: Entries | null | undefined, outputNames: string[]): Entry[][] {
  if (metrics == null) return outputNames.map(() => []);
  if (typeof metrics !== 'object') return outputNames.map(() => [metrics]);
  if (Array.isArray(metrics)) return outputNames.map(() => metrics);
  return outputNames.map((name) => [metrics[name] ?? []].flat());
}

/**
 * Refuses entries that `compile` would call like a function: a class instead of an instance, a metric object as loss,
 * an instance of a class without the methods, and nested lists.
 *
 * @throws ValueError naming the argument and what to pass.
 */
export function checkEntries(
  loss: Entries | null | undefined,
  metrics: Entries | null | undefined,
  outputNames: string[],
): void {
  for (const entry of lossEntries(loss, outputNames)) {
    requireInstance(entry, 'loss');
    if (entry instanceof Metric) reject('loss', 'a loss: metrics have no gradient', entry.name);
  }
  for (const entry of metricEntries(metrics, outputNames).flat()) requireInstance(entry, 'metrics');
}

function requireInstance(entry: Entry | undefined, argument: string): void {
  // tfjs looks names up in plain objects, which inherit these.
  if (typeof entry === 'string' && entry in Object.prototype)
    reject(argument, 'a name that tfjs knows', entry);
  if (typeof entry === 'object' && entry !== null) reject(argument, 'a name or a function', entry);
  if (typeof entry !== 'function') return;
  const {prototype} = entry;
  if (prototype instanceof Loss || prototype instanceof Metric) {
    reject(argument, `an instance: pass new ${entry.name}(…)`, entry);
  }
  const methods = entry instanceof Loss ? ['call'] : entry instanceof Metric ? ['statistics', 'result'] : [];
  for (const method of methods) {
    const found = Reflect.get(entry, method) as unknown;
    if (typeof found !== 'function') {
      reject(argument, `an instance of a class with a method \`${method}\``, found);
    }
  }
}
