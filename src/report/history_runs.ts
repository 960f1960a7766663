import {reject} from '../core/errors';
import {estimate} from './estimate';
import type {LinePoint} from './line_point';

/** What `fit` and `fitDataset` record: a value per epoch for each loss and metric. */
export type HistoryValues = Readonly<Record<string, readonly unknown[]>>;

/** A model's history, or those of its runs with several seeds. */
export interface NamedHistory {
  /** The model, as the picture shows it; no two may share a name. */
  name: string;
  /** Of each of its runs. */
  history: HistoryValues | readonly HistoryValues[];
}

/** Histories by the names of the models, or a list where the order matters to names such as "1". */
export type HistoryRuns =
  | Readonly<Record<string, HistoryValues | readonly HistoryValues[]>>
  | readonly NamedHistory[];

/** The histories of one model, one for each of its runs. */
export interface ModelHistory {
  name: string;
  runs: readonly HistoryValues[];
}

/** @throws ValueError when no run has an epoch, or two models share a name. */
export function modelHistories(runs: HistoryRuns): ModelHistory[] {
  const named: NamedHistory[] = Array.isArray(runs)
    ? [...(runs as readonly NamedHistory[])]
    : Object.entries(runs as Exclude<HistoryRuns, readonly NamedHistory[]>).map(([name, history]) => ({
        name,
        history,
      }));
  const models = named.map(({name, history}) => ({
    name,
    runs: Array.isArray(history) ? (history as readonly HistoryValues[]) : [history as HistoryValues],
  }));
  if (epochsOf(models) === 0) reject('runs', 'histories of at least one epoch', runs);
  const names = new Set(models.map(({name}) => name));
  if (names.size < models.length) reject('runs', 'histories of different names', [...models]);
  return models;
}

/** The most epochs that any value has. */
export function epochsOf(models: readonly ModelHistory[]): number {
  const lengths = models.flatMap(({runs}) =>
    runs.flatMap((run) => Object.values(run).map((values) => values.length)),
  );
  return Math.max(0, ...lengths);
}

/** A value by epoch from 1; over several runs the mean of those that got so far, ± their standard deviation. */
export function pointsOf(runs: readonly HistoryValues[], key: string): LinePoint[] {
  const series = runs.flatMap((run) => (run[key] === undefined ? [] : [run[key].map(Number)]));
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
