import {reject} from '../core/errors';
import {requireArray} from '../core/require_array';
import {requireObject} from '../core/require_object';
import {estimate} from './estimate';
import type {LinePoint} from './line_point';
import {namedEntries} from './named_entries';

/** The history of `fit` or `fitDataset`: a value per epoch for each loss and metric. */
export type HistoryValues = Readonly<Record<string, readonly unknown[]>>;

/** A model's history, or those of its runs with several seeds. */
export interface NamedHistory {
  /** Name of the model in the picture; no two may share one. */
  name: string;
  /** The history of its run, or of each of its runs. */
  history: HistoryValues | readonly HistoryValues[];
}

/** Histories by the models' names, or a list, which keeps its order even for names such as "1". */
export type HistoryRuns =
  | Readonly<Record<string, HistoryValues | readonly HistoryValues[]>>
  | readonly NamedHistory[];

/** The histories of one model, one per run. */
export interface ModelHistory {
  name: string;
  runs: readonly HistoryValues[];
}

/** @throws ValueError if no run has an epoch, two models share a name, or values are not numbers. */
export function modelHistories(runs: HistoryRuns): ModelHistory[] {
  const models = namedEntries('runs', runs, 'history', 'histories').map(({name, value, path}) => {
    const isList = Array.isArray(value);
    const histories = isList ? requireArray(path, value, 1) : [value];
    for (const [i, history] of histories.entries()) requireHistory(isList ? `${path}[${i}]` : path, history);
    return {name, runs: histories as readonly HistoryValues[]};
  });
  if (epochsOf(models) === 0) reject('runs', 'histories of at least one epoch', runs);
  return models;
}

function requireHistory(path: string, history: unknown): void {
  for (const [key, values] of Object.entries(requireObject(path, history))) {
    for (const [epoch, value] of requireArray(`${path}.${key}`, values).entries()) {
      if (typeof value !== 'number' && value != null) reject(`${path}.${key}[${epoch}]`, 'a number', value);
    }
  }
}

// An infinite loss cannot be shown on an axis, and NaN is null in JSON.
function finite(value: unknown): number {
  return Number.isFinite(value) ? (value as number) : Number.NaN;
}

/** The largest number of epochs of any value. */
export function epochsOf(models: readonly ModelHistory[]): number {
  const lengths = models.flatMap(({runs}) =>
    runs.flatMap((run) => Object.values(run).map((values) => values.length)),
  );
  return Math.max(0, ...lengths);
}

/** A value by epoch, from 1; for several runs the mean of those that reached the epoch, ± their standard deviation. */
export function pointsOf(runs: readonly HistoryValues[], key: string): LinePoint[] {
  const series = runs.flatMap((run) => (Object.hasOwn(run, key) ? [Array.from(run[key], finite)] : []));
  const epochs = Math.max(0, ...series.map((values) => values.length));
  return Array.from({length: epochs}, (_, epoch) => {
    const {mean, sd} = estimate(
      series.filter((values) => epoch < values.length).map((values) => values[epoch]),
    );
    return sd === undefined
      ? {x: epoch + 1, y: mean}
      : {x: epoch + 1, y: mean, low: mean - sd, high: mean + sd};
  });
}
