import {reject} from '../errors';
import {Loss} from '../losses/loss';
import {Metric} from '../metrics/metric';
import {lossEntries, metricEntries} from './compile_entries';
import type {Entries} from './model_internals';

/** What tfjs puts into a batch's logs beside the metrics. */
const TAKEN = ['batch', 'size'];

/**
 * Refuses names that would take the place of something else in tfjs's logs, in models with objects of this package.
 * On several outputs each name begins with its output's.
 */
export function checkMetricNames(
  outputNames: string[],
  loss: Entries | null | undefined,
  metrics: Entries | null | undefined,
): void {
  const entries = metricEntries(metrics, outputNames).flat();
  const all = [...lossEntries(loss, outputNames), ...entries];
  if (outputNames.length > 1 || !all.some((entry) => entry instanceof Loss || entry instanceof Metric))
    return;
  const names = entries.map((entry) => (typeof entry === 'function' ? entry.name : String(entry)));
  for (const name of names) {
    const isValidated = name.startsWith('val_') && [...names, 'loss'].includes(name.slice('val_'.length));
    if (TAKEN.includes(name) || isValidated) {
      reject(
        'metrics',
        'named unlike what the logs hold already: batch, size, or a metric in validation',
        name,
      );
    }
  }
}

/**
 * Names of which no two are the same, as tfjs's `fit` makes them: `acc_0`, `acc_1`. The first, the total loss, keeps
 * its name, which callbacks ask for.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const isUnique = (name: string, i: number) => i === 0 || names.indexOf(name) === names.lastIndexOf(name);
  if (names.every(isUnique)) return [...names];
  // A name made unique may be that of another metric.
  return uniqueNames(
    names.map((name, i) =>
      isUnique(name, i) ? name : `${name}_${names.slice(0, i).filter((other) => other === name).length}`,
    ),
  );
}
