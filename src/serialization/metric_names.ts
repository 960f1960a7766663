import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {Metric} from '../core/metric';
import {lossEntries, metricEntries} from './compile_entries';
import type {Entries, Entry} from './model_internals';

/** What tfjs puts into a batch's logs beside the metrics. */
const TAKEN = ['batch', 'size'];

/** The names in the logs of metrics that tfjs knows by two names. */
const SHORT: Record<string, string> = {accuracy: 'acc', crossentropy: 'ce'};

/**
 * Refuses names that would take the place of something else in tfjs's logs, in models with objects of this package.
 * tfjs disposes of such a value twice, and crashes.
 *
 * @throws ValueError for such a name, and for one that is no string.
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

// `model.metricsNames`, before there is one.
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
