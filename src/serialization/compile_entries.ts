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
