import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import type {Entries, Entry} from './model_internals';

/** The loss that `compile` gives to each output: one for all, an array, or a dictionary by the outputs' names. */
export function lossEntries(
  loss: Entries | null | undefined,
  outputNames: string[],
): Array<Entry | undefined> {
  if (Array.isArray(loss)) return outputNames.map((_, i) => loss[i]);
  if (loss == null || typeof loss !== 'object') return outputNames.map(() => loss ?? undefined);
  return outputNames.map((name) => loss[name] as Entry | undefined);
}

/** The metrics of each output, in the order in which `compile` appends them: an array goes to every output. */
export function metricEntries(metrics: Entries | null | undefined, outputNames: string[]): Entry[][] {
  if (metrics == null) return outputNames.map(() => []);
  if (typeof metrics !== 'object') return outputNames.map(() => [metrics]);
  if (Array.isArray(metrics)) return outputNames.map(() => metrics);
  return outputNames.map((name) => [metrics[name] ?? []].flat());
}

/**
 * Refuses what `compile` would take for a function and call: a class in place of its instance, a metric object as
 * loss, an instance of a class that lacks its methods, and lists in lists.
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
  // tfjs looks names up in plain objects, which have these too.
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
