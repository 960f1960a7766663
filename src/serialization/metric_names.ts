import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {lossEntries, metricEntries} from './compile_entries';
import type {Entries, Entry} from './model_internals';

/** Keys that tfjs adds to a batch's logs besides metrics. */
const TAKEN = ['batch', 'size'];

/** Names in the logs of metrics that tfjs knows by two names. */
const SHORT: Record<string, string> = {accuracy: 'acc', crossentropy: 'ce'};

/**
 * Refuses names that would replace another entry in tfjs's logs, in models with objects of this package. tfjs would
 * dispose such a value twice, and crash.
 *
 * @throws ValueError for such a name, and for one that is not a string.
 */
export function checkMetricNames(
  outputNames: string[],
  loss: Entries | null | undefined,
  metrics: Entries | null | undefined,
): void {
  const entries = metricEntries(metrics, outputNames);
  const all = [...lossEntries(loss, outputNames), ...entries.flat()];
  if (!all.some((entry) => entry instanceof Loss || entry instanceof Metric)) return;
  const names = uniqueNames(loggedNames(outputNames, entries));
  for (const name of names) {
    const isValidated = name.startsWith('val_') && names.includes(name.slice('val_'.length));
    if (TAKEN.includes(name) || isValidated) {
      reject(
        'metrics',
        'named unlike what the logs hold already: batch, size, or a loss or metric in validation (rename the metric, or ' +
          'the output)',
        name,
      );
    }
  }
}

// `model.metricsNames`, before it exists.
function loggedNames(outputNames: string[], metrics: Entry[][]): string[] {
  const isOne = outputNames.length === 1;
  const named = (entry: Entry) => {
    if (typeof entry !== 'function') return SHORT[entry] ?? String(entry);
    const {name}: {name: unknown} = entry;
    return typeof name === 'string'
      ? name
      : reject('metrics', 'functions and objects whose name is a string', name);
  };
  return [
    'loss',
    ...(isOne ? [] : outputNames.map((output) => `${output}_loss`)),
    ...metrics.flatMap((ofOutput, i) =>
      ofOutput.map((entry) => (isOne ? named(entry) : `${outputNames[i]}_${named(entry)}`)),
    ),
  ];
}

/**
 * Makes names unique, as tfjs's `fit` does: `acc_0`, `acc_1`. The first, the total loss, keeps its name, which
 * callbacks look up.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const isUnique = (name: string, i: number) => i === 0 || names.indexOf(name) === names.lastIndexOf(name);
  if (names.every(isUnique)) return [...names];
  // A new name may already belong to another metric.
  return uniqueNames(
    names.map((name, i) =>
      isUnique(name, i) ? name : `${name}_${names.slice(0, i).filter((other) => other === name).length}`,
    ),
  );
}
